"""What pyproject.toml, the folders on disk and constraints.txt say of each other."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = ("configs", "harness", "kernels", "registry")


def distribution_name(requirement: str) -> str:
    return re.split(r"[<>=!~ \[;]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_listed_packages_are_the_folders_on_disk() -> None:
    """Every folder that holds Python is a listed package, and every listed package is a folder."""
    folders = {p.parent.relative_to(ROOT) for room in ROOMS for p in (ROOT / room).rglob("*.py")}
    on_disk = {"fitment." + ".".join(folder.parts) for folder in folders}
    assert on_disk == set(PROJECT["tool"]["setuptools"]["packages"])


def test_kernels_is_a_namespace_folder() -> None:
    """kernels/ holds no __init__.py: with one, and the root on sys.path, transformers no longer imports."""
    assert not (ROOT / "kernels/__init__.py").exists()


def test_every_other_package_is_regular() -> None:
    """Each listed package but kernels has an __init__.py, so that an editable install finds it."""
    for name in PROJECT["tool"]["setuptools"]["packages"]:
        folder = ROOT.joinpath(*name.split(".")[1:])
        assert (folder / "__init__.py").exists() or name == "fitment.kernels", name


def test_types_mirror_the_rooms() -> None:
    """mypy sees the rooms as fitment.* through committed symlinks."""
    for room in ROOMS:
        assert (ROOT / ".types/fitment" / room).resolve() == ROOT / room


def test_constraints_pin_every_requirement() -> None:
    """constraints.txt pins each dependency exactly, torch first, and torch is pinned nowhere else."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins[0].startswith("torch==")
    assert all("==" in pin for pin in pins)
    extras = PROJECT["project"]["optional-dependencies"].values()
    wanted = {distribution_name(r) for r in PROJECT["project"]["dependencies"]}
    wanted |= {distribution_name(r) for extra in extras for r in extra}
    assert wanted <= {distribution_name(pin) for pin in pins}
    assert "torch==" not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_each_dependency_has_its_reason() -> None:
    """CONTRIBUTING.md says of each dependency why it is there."""
    reasons = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    extras = PROJECT["project"]["optional-dependencies"].values()
    for requirement in [*PROJECT["project"]["dependencies"], *(r for extra in extras for r in extra)]:
        assert f"| {distribution_name(requirement)} |" in reasons, requirement


def test_shipped_data_is_package_data() -> None:
    """The shipped files, licences among them, are matched by the package-data patterns."""
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["fitment.configs"]
    matched = {p for pattern in patterns for p in (ROOT / "configs").glob(pattern) if p.is_file()}
    data = {p for p in (ROOT / "configs").rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc")}
    assert data == matched
    assert (ROOT / "configs/published/timm/LICENSE").is_file()
    assert (ROOT / "configs/published/timm/NOTICE").is_file()


def test_hugging_face_kernels_still_imports() -> None:
    """Hugging Face's package `kernels` imports from this checkout's root, where our folder kernels/ lies."""
    try:
        metadata.distribution("kernels")
    except metadata.PackageNotFoundError:
        pytest.skip("Hugging Face's package `kernels` is not installed here")
    code = "import kernels; assert kernels.__file__ and 'site-packages' in kernels.__file__, kernels"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
