from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.gate.moved import Move


@pytest.fixture
def move(tmp_path: Path) -> Move:
    """A working tree with a virtual environment, an installed folder and a link; and another tree."""
    origin, tree = tmp_path.resolve() / "my project", tmp_path.resolve() / "tree"
    for folder in ("src", ".venv/bin", "vendored/numpy-2.0.dist-info", ".git"):
        (origin / folder).mkdir(parents=True)
    (origin / ".venv" / "pyvenv.cfg").touch()
    (tmp_path / "link").symlink_to(origin)
    (origin / "outside").symlink_to(tmp_path)
    return Move(origin, tree)


@pytest.mark.parametrize(
    ("path", "moved"),
    [
        ("{o}", "{t}"),
        ("{o}/src/a.py", "{t}/src/a.py"),
        ("{o}/none/yet", "{t}/none/yet"),
        ("{o}/../my project/src", "{t}/src"),
        ("{o}2/src", "{o}2/src"),
        ("/etc/passwd", "/etc/passwd"),
        ("{o}/.venv/bin/python", "{o}/.venv/bin/python"),
        ("{o}/vendored/numpy", "{o}/vendored/numpy"),
        ("{o}/.git/config", "{o}/.git/config"),
        ("{o}/outside/file", "{o}/outside/file"),
    ],
)
def test_a_path_in_the_working_tree_is_one_in_the_other(move: Move, path: str, moved: str) -> None:
    """What is installed there, git's own, and what only a link leads to stay where they are."""
    names = {"o": move.origin, "t": move.tree}
    assert move.path(path.format(**names)) == moved.format(**names)


def test_a_link_to_the_working_tree_is_known_for_it(move: Move, tmp_path: Path) -> None:
    """Also one that the shell's cwd went through."""
    assert move.path(f"{tmp_path}/link/src") == f"{move.tree}/src"


@pytest.mark.parametrize(
    ("word", "moved"),
    [
        ("-q", "-q"),
        ("tests/test_a.py::test_b[/x]", "tests/test_a.py::test_b[/x]"),
        ("{o}/src/test a.py::test_b[1]", "{t}/src/test a.py::test_b[1]"),
        ("--rootdir={l}/src", "--rootdir={t}/src"),
        ("{l}/src:/usr/lib:{l}/.venv/bin", "{t}/src:/usr/lib:{l}/.venv/bin"),
        ("cd {l}/src && echo '{l}'", "cd {t}/src && echo '{t}'"),
        ("http://host{l}/src", "http://host{l}/src"),
    ],
)
def test_every_path_in_a_word_is_moved(move: Move, tmp_path: Path, word: str, moved: str) -> None:
    """In an option, a list, a line for a shell; relative ones follow the folder."""
    names = {"o": move.origin, "t": move.tree, "l": tmp_path / "link"}
    assert move.words([word.format(**names)]) == (moved.format(**names),)


def test_variables_are_moved_but_for_the_user_s(move: Move) -> None:
    """A home folder that is the working tree stays home; what a git hook set is left out."""
    origin = str(move.origin)
    given = {"PYTHONPATH": f"{origin}/src", "HOME": origin, "GIT_DIR": f"{origin}/.git", "N": "1"}
    assert move.environ(given) == {"PYTHONPATH": f"{move.tree}/src", "HOME": origin, "N": "1"}


def test_the_working_tree_itself_changes_nothing(move: Move) -> None:
    """As given, a link included."""
    same = Move(move.origin, move.origin)
    assert same.text(f"--x={move.origin}/../my project/src") == f"--x={move.origin}/../my project/src"
