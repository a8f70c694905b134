from __future__ import annotations

import os
from pathlib import Path

import pytest
from fitment.harness.gate import set_up
from fitment.harness.gate.processes import Tree
from fitment.harness.gate.set_up import SetupError, check, prepare


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Base's."""
    return Tree("base main", tmp_path, tmp_path, ("/bin/true",), dict(os.environ))


def test_a_line_for_the_shell_runs_in_the_tree(tree: Tree) -> None:
    """With the tree's folder and variables."""
    prepare(tree, 'echo built > made && test -n "$PATH"')
    assert (tree.folder / "made").read_text() == "built\n"


def test_a_setup_that_fails_says_what_it_said_last(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    """On which side, with which code; or that it took too long."""
    with pytest.raises(SetupError, match="--setup in base main ended with 3: no compiler"):
        prepare(tree, "echo working; echo 'no  compiler' >&2; exit 3")
    with pytest.raises(SetupError, match=r"ended with 1$"):
        prepare(tree, "false")
    monkeypatch.setattr(set_up, "LONGEST_S", 0.2)
    with pytest.raises(SetupError, match="took longer than 0 s"):
        prepare(tree, "exec sleep 60")


@pytest.mark.parametrize(
    "command",
    ["pip install -e .", "cd x && uv pip install --no-deps --editable .", "python setup.py develop"],
)
def test_an_editable_install_of_a_tree_that_goes_away_is_refused(command: str) -> None:
    """Both sides share the environment, and the user keeps it."""
    with pytest.raises(SetupError, match="build in place instead"):
        check(command)
    check("pip install --target build -r requirements.txt && python setup.py build_ext --inplace")
