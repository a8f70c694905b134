"""Modules from outside a side's own tree."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from fitment.harness.gate.foreign import copies_of, modules_of


def module(name: str, path: object) -> ModuleType:
    """One whose file is ``path``."""
    made = ModuleType(name)
    made.__dict__["__file__"] = None if path is None else str(path)
    return made


class Lazy(ModuleType):
    """Wakes at any attribute that it hasn't got."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"woken by {name}")


def test_only_the_other_trees_are_strays(tmp_path: Path) -> None:
    """A base inside head's tree is not head; nor is the virtual environment that lies there."""
    head, base = tmp_path / "head", tmp_path / "head/.gate/base"
    modules = {
        "theirs": module("theirs", head / "theirs.py"),
        "ours": module("ours", base / "ours.py"),
        "near": module("near", tmp_path / "head-2/near.py"),
        "builtin": module("builtin", None),
        "lazy": Lazy("lazy"),
    }
    assert modules_of([str(head)], own=str(base), modules=modules) == ("theirs",)
    assert modules_of([str(base)], own=str(head), modules=modules) == ()
    assert modules_of([], own=str(head), modules=modules) == ()
    inside = {"installed": module("installed", Path(sys.prefix, "lib/installed.py"))}
    assert modules_of([str(Path(sys.prefix).parent)], own=str(base), modules=inside) == ()


def test_a_link_is_followed(tmp_path: Path) -> None:
    """What is imported through a link lies where the link leads."""
    (tmp_path / "head").mkdir()
    (tmp_path / "head/theirs.py").touch()
    (tmp_path / "link").symlink_to(tmp_path / "head")
    modules = {"theirs": module("theirs", tmp_path / "link/theirs.py")}
    assert modules_of([str(tmp_path / "head")], own=str(tmp_path / "b"), modules=modules) == ("theirs",)


@pytest.mark.parametrize("place", ["shop/__init__.py", "shop.py", "src/shop/__init__.py", "src/shop.py"])
def test_an_installed_copy_of_the_project_is_told(tmp_path: Path, place: str) -> None:
    """`pip install .` leaves one that both sides would import; other packages are nobody's copy."""
    tree, installed = tmp_path / "tree", tmp_path / "lib/site-packages"
    (tree / place).parent.mkdir(parents=True)
    (tree / place).touch()
    (tree / "__main__.py").touch()
    (tree / "numpy").mkdir()  # its notes, say: no package
    modules = {
        "shop": module("shop", installed / "shop/__init__.py"),
        "shop.prices": module("shop.prices", installed / "shop/prices.py"),
        "numpy": module("numpy", installed / "numpy/__init__.py"),
        "__main__": module("__main__", installed / "pytest/__main__.py"),
    }
    assert copies_of(str(tree), modules=modules) == ("shop",)
    own = {"shop": module("shop", tree / place)}
    assert copies_of(str(tree), modules=own) == ()
