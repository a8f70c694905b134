from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from fitment.harness.gate.redirected import redirect

ORIGIN, TREE = "/home/me/project", "/tmp/tree"


@pytest.fixture(autouse=True)
def python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists and tables of the interpreter that a test may change."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))


def test_the_path_is_pointed_to_the_tree_in_its_places() -> None:
    """A .pth file's line, a cwd; what is installed in the working tree stays."""
    sys.path[:] = [
        "",
        ORIGIN,
        f"{ORIGIN}/src",
        f"{ORIGIN}2",
        "/usr/lib",
        f"{ORIGIN}/.venv/lib/python3.11/site-packages",
    ]
    redirect(ORIGIN, TREE)
    assert sys.path == ["", TREE, f"{TREE}/src", f"{ORIGIN}2", "/usr/lib", sys.path[5]]
    assert sys.path[5].startswith(ORIGIN)


def test_a_finder_s_tables_are_pointed_to_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    """setuptools keeps them in the finder's module, hatch in its class, scikit-build in the finder."""
    module = ModuleType("__editable___mine_finder")
    module.MAPPING = {"mine": f"{ORIGIN}/src/mine"}  # type: ignore[attr-defined]
    module.NAMESPACES = {"space": [f"{ORIGIN}/space", "/usr"]}  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    setuptools = type("_EditableFinder", (), {"__module__": module.__name__})
    hatch = type("RedirectingFinder", (), {"_redirections": {"mine": f"{ORIGIN}/mine/__init__.py"}})
    scikit_build = type("ScikitBuildRedirectingFinder", (), {})()
    scikit_build.known_source_files = {"mine": f"{ORIGIN}/mine.py"}
    scikit_build.submodule_search_locations = {"mine": {f"{ORIGIN}/mine"}, "n": 1}
    sys.meta_path += [setuptools, hatch, scikit_build]  # type: ignore[list-item]
    redirect(ORIGIN, TREE)
    assert {"mine": f"{TREE}/src/mine"} == module.MAPPING
    assert {"space": [f"{TREE}/space", "/usr"]} == module.NAMESPACES
    assert hatch._redirections == {"mine": f"{TREE}/mine/__init__.py"}  # type: ignore[attr-defined]
    assert scikit_build.known_source_files == {"mine": f"{TREE}/mine.py"}
    assert scikit_build.submodule_search_locations == {"mine": {f"{TREE}/mine"}, "n": 1}


def test_a_namespace_that_a_pth_file_made_is_pointed_to_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a module already, with a path."""
    space = ModuleType("space")
    space.__path__ = [f"{ORIGIN}/space"]
    monkeypatch.setitem(sys.modules, "space", space)
    redirect(ORIGIN, TREE)
    assert space.__path__ == [f"{TREE}/space"]


def test_the_working_tree_s_own_side_changes_nothing() -> None:
    """It does the same work."""
    before = [ORIGIN, f"{ORIGIN}/src"]
    sys.path[:] = before
    redirect(ORIGIN, ORIGIN)
    assert sys.path == before


def test_it_imports_nothing_of_fitment() -> None:
    """Its copy runs where fitment may not be installed."""
    text = Path(sys.modules[redirect.__module__].__file__ or "").read_text()
    lines = [line.split()[1] for line in text.splitlines() if line.lstrip().startswith(("import ", "from "))]
    assert set(lines) == {"__future__", "os", "sys", "collections.abc", "typing", "importlib.machinery"}
