"""How kernels are compiled: renewed when a formula changes, and working where nothing can be cached."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import types
from pathlib import Path

import fitment.kernels.scores
import numpy as np
import pytest
from fitment.kernels import formulae
from fitment.kernels.jit import NUMBER, elementary, kernel, version_of

SCORE = (
    "import sys, numpy as np\n"
    "from {package} import scores\n"
    "found = scores.score_groups([0, 2], [1.0, 2.0], [1.0, 4.0], [1.0, 1.0], [1, 5])\n"
    "print(found.suitability.tolist())"
)


def copied(**constants: float) -> types.FunctionType:
    return types.FunctionType(formulae.shares.__code__, formulae.shares.__globals__ | constants)


def test_version_follows_code_and_constants() -> None:
    """The version is stable, and another where the code or a constant that it names is another."""
    version = version_of(formulae.shares)
    assert version == version_of(copied())
    assert version != version_of(formulae.confidence)
    assert version != version_of(copied(WEIGHT_SUM_TOLERANCE=1e-6))


@pytest.mark.compiled
def test_no_kernel_closes_over_a_compiled_function() -> None:
    """The cache would take it for another in each process, and compile the kernel every time."""
    half = elementary(lambda x: 0.5 * x)
    with pytest.raises(TypeError, match="fill closes over a compiled function"):

        @kernel((NUMBER,))
        def fill(x):  # type: ignore[no-untyped-def]
            half(x)


def scored_by(folder: Path, package: str, **environ: str) -> str:
    """What a fresh process prints that imports ``package`` from ``folder``; compiled without optimisation."""
    return subprocess.run(
        [sys.executable, "-c", SCORE.format(package=package)],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env=os.environ | {"NUMBA_OPT": "0"} | environ,
        timeout=600,
    ).stdout


@pytest.mark.compiled
def test_changed_formula_is_compiled_anew(tmp_path: Path) -> None:
    """A cached kernel is not used again after a formula in another file has changed."""
    source = Path(fitment.kernels.scores.__file__).parent
    shutil.copytree(source, tmp_path / "copied_kernels", ignore=shutil.ignore_patterns("__pycache__"))
    cache = {"NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    first = scored_by(tmp_path, "copied_kernels", **cache)
    cached = {path.name for path in (tmp_path / "cache").rglob("*.nbc")}
    formula = tmp_path / "copied_kernels" / "formulae.py"
    formula.write_text(formula.read_text().replace("0.5 + 0.1 * n", "0.5 + 0.25 * n"))
    second = scored_by(tmp_path, "copied_kernels", **cache)
    assert cached
    assert np.array_equal(numbers_in(first), [0.6 * (0.25 + 0.3 + 0.2), 0.5 + 0.3 * 0.25 + 0.2])
    assert np.array_equal(numbers_in(second), [0.75 * (0.25 + 0.3 + 0.2), 0.5 + 0.3 * 0.25 + 0.2])


def test_works_where_nothing_can_be_cached(tmp_path: Path) -> None:
    """Without a folder to cache in, the kernels compile anew and give the same numbers."""
    (tmp_path / "file").write_text("")
    source = Path(fitment.kernels.scores.__file__).parent
    shutil.copytree(source, tmp_path / "copied_kernels", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "copied_kernels" / "__pycache__").write_text("")  # a file, so that no folder can be made here
    nowhere = str(tmp_path / "file" / "below")
    found = scored_by(tmp_path, "copied_kernels", HOME=nowhere, XDG_CACHE_HOME=nowhere)
    assert np.array_equal(numbers_in(found), [0.6 * (0.25 + 0.3 + 0.2), 0.5 + 0.3 * 0.25 + 0.2])


def numbers_in(printed: str) -> list[float]:
    return [float(number) for number in printed.strip("[]\n ").split(",")]
