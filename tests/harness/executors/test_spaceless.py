"""fitment.harness.executors.spaceless: torch under a path that compilers can be handed unquoted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fitment.harness.executors import spaceless


@pytest.fixture
def spaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages with a space in its path, from which a torch would be imported."""
    packages = tmp_path / "site packages"
    (packages / "torch").mkdir(parents=True)
    (packages / "torch/__init__.py").write_text("")
    runtime = tmp_path / "run"
    runtime.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setattr(spaceless, "_packages_folder", lambda: packages)
    return packages


def imported_from(environ: dict[str, str]) -> str:
    command = [sys.executable, "-P", "-c", "import torch; print(torch.__file__)"]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout.strip()


def test_a_child_finds_torch_without_a_space(spaced: Path) -> None:
    """A child imports torch through the link, also the second time, and keeps the user's PYTHONPATH."""
    for _ in range(2):
        environ = spaceless.with_spaceless_torch({**os.environ, "PYTHONPATH": "/elsewhere"})
        found = imported_from(environ)
        assert " " not in found
        assert Path(found).resolve() == spaced / "torch/__init__.py"
        assert environ["PYTHONPATH"].startswith("/elsewhere:")


def test_nothing_changes_without_a_space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where torch's path holds no space, or no torch is there, the environment stays as it is."""
    for packages in (tmp_path, None):
        monkeypatch.setattr(spaceless, "_packages_folder", lambda found=packages: found)
        assert spaceless.with_spaceless_torch({"A": "b"}) == {"A": "b"}


def test_a_link_that_leads_elsewhere_is_not_used(spaced: Path, tmp_path: Path) -> None:
    """A link of that name to other packages is left alone, and not imported from."""
    link = Path(spaceless.with_spaceless_torch({})["PYTHONPATH"])
    link.unlink()
    link.symlink_to(tmp_path)
    assert spaceless.with_spaceless_torch({}) == {}


def test_a_runtime_folder_with_a_space_is_of_no_use(
    spaced: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link that would itself hold a space is not made."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(spaced))
    assert spaceless.with_spaceless_torch({}) == {}
    assert [path.name for path in spaced.iterdir()] == ["torch"]
