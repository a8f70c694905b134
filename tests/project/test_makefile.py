"""The Makefile's promises that need no installation."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed here")


def run_make(*arguments: str, cwd: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")} | extra
    return subprocess.run(["make", *arguments], cwd=cwd, env=environment, capture_output=True, text=True)


@pytest.fixture
def spaced(tmp_path: Path) -> Path:
    """A copy of the Makefile in a folder with a space in its name."""
    folder = tmp_path / "a folder"
    folder.mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    return folder


def test_make_alone_prints_help(spaced: Path) -> None:
    """`make` alone prints the two commands and installs nothing."""
    done = run_make(cwd=spaced)
    assert done.returncode == 0
    assert "make demo" in done.stdout
    assert "make test" in done.stdout
    assert not (spaced / ".venv").exists()


def test_works_from_another_directory(spaced: Path, tmp_path: Path) -> None:
    """`make -f PATH` and `make -C PATH` find the project, spaces in the path included."""
    for arguments in (
        ["-f", str(spaced / "Makefile")],
        ["-C", str(spaced)],
        ["-j2", "-f", "a folder/Makefile"],
    ):
        done = run_make(*arguments, "help", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "make demo" in done.stdout


def test_interrupted_set_up_is_redone(spaced: Path) -> None:
    """A set-up that fails leaves no stamp, so the next one starts again from an empty .venv."""
    (spaced / "constraints.txt").write_text("")
    (spaced / "pyproject.toml").write_text("")
    (spaced / ".venv").mkdir()
    (spaced / ".venv/half-made").write_text("")
    done = run_make("test", "PYTHON=false", cwd=spaced)
    assert done.returncode != 0
    assert not list((spaced / ".venv").glob(".ready*"))
    planned = run_make("--dry-run", "test", cwd=spaced).stdout
    assert planned.index("rm -rf .venv") < planned.index("--editable") < planned.index("touch .venv/.ready")


def test_live_measurements_are_no_part_of_the_suite(spaced: Path) -> None:
    """`make test-aa` and `make test-gate` name the live tests' files, which `make test` does not collect."""
    for name in ("constraints.txt", "pyproject.toml"):
        (spaced / name).write_text("")
    for name in ("aa", "gate"):
        planned = run_make("--dry-run", f"test-{name}", cwd=spaced).stdout
        assert f"pytest tests/live/{name}.py" in planned
        assert f"make test-{name}" in run_make(cwd=spaced).stdout
    assert not list((ROOT / "tests/live").glob("test_*.py")) + list((ROOT / "tests/live").glob("*_test.py"))
