"""What must not be loaded, seen in sys.modules of real processes."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("torch", "numba", "numpy", "duckdb", "pyarrow", "rich", "psutil", "pynvml")


def loaded(code: str) -> set[str]:
    """The top-level names of HEAVY that are loaded after ``code`` ran in a fresh interpreter."""
    report = f"import sys; print('LOADED', *(m for m in {HEAVY!r} if m in sys.modules))"
    out = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True
    ).stdout
    return set(out.rpartition("LOADED")[2].split())


def test_help_loads_nothing_heavy() -> None:
    """`fitment --help` loads neither torch, numba, numpy, duckdb, pyarrow nor rich."""
    code = (
        "from fitment.harness.cli.main import main\n"
        "try: main(['--help'])\nexcept SystemExit as end: assert not end.code"
    )
    assert loaded(code) == set()


def test_recommend_loads_neither_torch_nor_numba() -> None:
    """The recommendation's code loads neither torch nor numba."""
    assert not loaded("import fitment.registry.fit.recommend") & {"torch", "numba"}


def test_analyses_of_a_lineage_load_no_numba() -> None:
    """What a question about a stored lineage loads before it needs a kernel: analyses and their words."""
    analyses = ("families", "fertility", "drift", "ordering")
    modules = [f"lineage.analyses.{name}" for name in analyses] + [
        "report.lineage.families",
        "report.lineage.traits",
    ]
    code = "\n".join(f"import fitment.registry.{module}" for module in modules)
    assert not loaded(code) & {"torch", "numba", "pyarrow"}


def test_parent_of_a_sweep_loads_no_torch() -> None:
    """A sweep's parent process loads neither torch nor numba: both would stay in its memory all along."""
    modules = ("sweeps.sweep", "sweeps.plan", "probe", "executors.process")
    code = "\n".join(f"import fitment.harness.{module}" for module in modules)
    assert not loaded(code) & {"torch", "numba"}


def test_worker_loads_no_store() -> None:
    """The worker's code loads neither DuckDB, Arrow, Numba nor rich: less noise in what is measured."""
    code = "import fitment.harness.worker, fitment.harness.protocol.measure"
    assert not loaded(code) & {"duckdb", "pyarrow", "numba", "rich"}


def test_registry_loads_nothing_heavy_until_a_component_is_asked_for() -> None:
    """`import fitment.registry` is as good as free; the components load neither torch nor numba nor rich."""
    assert loaded("import fitment.registry; dir(fitment.registry)") == set()
    code = "from fitment.registry import HardwareRecommender, ModelRegistryIntegration, VersionControlSystem"
    assert not loaded(code) & {"torch", "numba", "rich"}
