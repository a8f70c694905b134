from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from fitment.harness.gate.checkouts import CommandError, checkout, project_root
from fitment.harness.gate.errors import RevisionError
from fitment.harness.gate.report import Side

from tests.harness.gate.repositories import committed, git, repository

# A package under its own name, under another folder's, in a namespace: setuptools needs a finder.
FINDER = """
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "mine"
version = "1"
[tool.setuptools]
packages = ["mine", "other", "space.inner"]
[tool.setuptools.package-dir]
mine = "src/mine"
other = "lib/other_code"
"space.inner" = "inner"
"""
# One folder for all packages: a line in a .pth file does.
LINE = FINDER.partition("[tool.setuptools]")[0] + '[tool.setuptools.packages.find]\nwhere = ["src"]\n'
MODULES = ("src/mine/__init__.py", "lib/other_code/__init__.py", "inner/__init__.py")
BUILD = "import sys; from setuptools import build_meta as b; print(b.build_editable(sys.argv[1]))"
SAYS = "import sys, {0}; print(*(sys.modules[name].SIDE for name in {0!r}.split(', ')))"


def _installed(root: Path, build: str) -> Path:
    """The Python of a virtual environment in the project, with the project installed editably."""
    (root / "pyproject.toml").write_text(build)
    venv.create(root / ".venv", symlinks=True)
    wheels = root / "build" / "wheels"
    wheels.mkdir(parents=True)
    command = [sys.executable, "-W", "ignore", "-c", BUILD, str(wheels)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (site,) = (root / ".venv" / "lib").glob("python*/site-packages")
    for wheel in wheels.glob("*.whl"):
        zipfile.ZipFile(wheel).extractall(site)
    return root / ".venv" / "bin" / "python"


def _said(root: Path, revision: str | None, *command: str | Path, **variables: str) -> str:
    """What ``command`` wrote on the side of ``revision``."""
    environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **variables}
    with checkout(root, revision) as found:
        tree = found.tree("base", [str(word) for word in command], root, environ)
        done = subprocess.run(tree.command, cwd=tree.folder, env=tree.environ, capture_output=True, text=True)
    assert not done.returncode, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(("build", "modules"), [(FINDER, "mine, other, space.inner"), (LINE, "mine")])
def test_base_imports_base_s_code_of_an_editable_install(tmp_path: Path, build: str, modules: str) -> None:
    """By setuptools' finder and by a .pth line, in a virtual environment inside the project."""
    root = tmp_path.resolve() / "project"
    files = dict.fromkeys(MODULES, "SIDE = 'base'\n")
    repository(root, {**files, ".gitignore": ".venv/\nbuild/\n*.egg-info/\n__pycache__/\n"})
    python = _installed(root, build)
    committed(root, dict.fromkeys(MODULES, "SIDE = 'head'\n"))
    asks = [python, "-c", SAYS.format(modules)]
    count = len(modules.split(", "))
    assert subprocess.run(asks, text=True, capture_output=True).stdout.split() == ["head"] * count
    assert _said(root, "HEAD~1", *asks).split() == ["base"] * count
    assert _said(root, None, *asks).split() == ["head"] * count
    assert _said(root, "HEAD~1", python, "-c", "import sys; print(sys.prefix)") == str(root / ".venv")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project that is not installed: a module at its root, one below, and a script."""
    found = tmp_path.resolve() / "project"
    names = ("at_root.py", "below/deep.py")
    found.mkdir()
    (found / "run.sh").write_text("#!/bin/sh\npwd; cat at_root.py\n")
    (found / "run.sh").chmod(0o755)
    repository(found, dict.fromkeys(names, "SIDE = 'base'\n"))
    committed(found, {**dict.fromkeys(names, "SIDE = 'head'\n"), "new/folder.py": ""})
    return found


def test_base_imports_base_s_code_of_the_path(root: Path) -> None:
    """From the folder that it runs in, from PYTHONPATH, from an argument's path."""
    ask = [sys.executable, "-c", SAYS.format("at_root")]
    assert _said(root, "HEAD~1", *ask) == "base"
    below = [sys.executable, "-c", SAYS.format("deep")]
    assert _said(root, "HEAD~1", *below, PYTHONPATH=f"{root}/below") == "base"
    assert _said(root, None, *below, PYTHONPATH=f"{root}/below") == "head"
    assert _said(root, "HEAD~1", "cat", f"{root}/below/deep.py") == "SIDE = 'base'"


def test_a_sitecustomize_of_the_user_s_runs_all_the_same(root: Path, tmp_path: Path) -> None:
    """Ours stands in front of it."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text("import sys; sys.users = 'ran'")
    command = [sys.executable, "-c", "import sys; print(sys.users, sys.modules['sitecustomize'].__name__)"]
    assert _said(root, "HEAD~1", *command, PYTHONPATH=str(tmp_path / "site")) == "ran sitecustomize"


def test_a_script_of_the_project_s_is_base_s_own(root: Path) -> None:
    """With base's folder as its own, and base's files in it."""
    folder, text = _said(root, "HEAD~1", "./run.sh").splitlines()
    assert folder != str(root)
    assert text == "SIDE = 'base'"


def test_what_a_side_lacks_is_said(root: Path) -> None:
    """Its folder, its script, a program that is nowhere."""
    with checkout(root, "HEAD~1") as found:
        assert found.side == Side("HEAD~1", git(root, "rev-parse", "HEAD~1"))
        with pytest.raises(CommandError, match="base HEAD~1 has no folder new"):
            found.tree("base", ["true"], root / "new", os.environ)
        with pytest.raises(CommandError, match=r"can't run './none.sh' in base HEAD~1: there is no such"):
            found.tree("base", ["./none.sh"], root, os.environ)
        with pytest.raises(CommandError, match=r"can't run 'no-such-program' .*: it is not on PATH"):
            found.tree("base", ["no-such-program"], root, os.environ)


def test_without_git_there_is_the_working_tree_alone(tmp_path: Path) -> None:
    """A baseline can be compared with; a revision can't."""
    folder = tmp_path.resolve()
    assert project_root(folder) == folder
    with checkout(folder, None) as found:
        assert found.side == Side("working tree")
    with pytest.raises(RevisionError), checkout(folder, "HEAD"):
        pass
