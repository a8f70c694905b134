from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fitment.harness.gate import worktrees
from fitment.harness.gate.errors import RevisionError
from fitment.harness.gate.report import Side
from fitment.harness.gate.worktrees import remove_abandoned, worktree

from tests.harness.gate.repositories import committed, git, repository

HOLDS = """
import sys, time
from pathlib import Path
from fitment.harness.gate.worktrees import worktree
with worktree(Path(sys.argv[1]), "HEAD") as found:
    print(found.root, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A repository, and a temporary folder of its own in which nothing may be left."""
    found = (tmp_path / "project").resolve()
    repository(found, {"a.txt": "1"})
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield found
    assert list(temporary.iterdir()) == []
    assert git(found, "worktree", "list").count("\n") == 0


class Holder:
    """A gate in another process that has a worktree until it is told or made to end."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, "-c", HOLDS, str(root)]
        with_pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen(command, text=True, **with_pipes)  # type: ignore[call-overload]
        self.tree = Path(self._process.stdout.readline().strip())

    def end(self, signum: int | None = None) -> int:
        """How it ended: by a signal, or because there is nothing more to read."""
        if signum is not None:
            self._process.send_signal(signum)
            self._process.wait()
        self._process.communicate()
        return int(self._process.returncode)


def test_it_has_the_revision_s_files_and_its_name(root: Path) -> None:
    """Not the working tree's changes; the folder is called as the project is."""
    first = git(root, "rev-parse", "HEAD")
    committed(root, {"a.txt": "2"})
    (root / "a.txt").write_text("3")
    with worktree(root, "HEAD~1") as found:
        assert (found.root / "a.txt").read_text() == "1"
        assert found.side == Side("HEAD~1", first)
        assert (found.root.name, found.notes) == ("project", ())
    assert not found.root.exists()
    assert git(root, "status", "--porcelain") == "M a.txt"


def test_an_exception_removes_it_with_all_that_was_written(root: Path) -> None:
    """New files, and one without a right to be read."""

    def body() -> None:
        with worktree(root, "HEAD") as found:
            (found.root / "build").mkdir()
            (found.root / "build" / "secret").touch(0o000)
            (found.root / ".git").unlink()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        body()


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_removes_it(root: Path, signum: int) -> None:
    """Ctrl-C, a CI job that is cancelled, a terminal that is closed."""
    gate = Holder(root)
    assert (gate.tree / "a.txt").exists()
    gate.end(signum)
    assert not gate.tree.exists()


def test_what_a_killed_gate_left_the_next_one_removes(root: Path) -> None:
    """And only that: a gate that is at work in the same repository keeps its tree."""
    killed, working = Holder(root), Holder(root)
    killed.end(signal.SIGKILL)
    assert killed.tree.exists()
    with worktree(root, "HEAD"):
        assert not killed.tree.exists()
        assert (working.tree / "a.txt").exists()
    assert working.end() == 0


def test_one_whose_folder_is_gone_is_forgotten(root: Path, tmp_path: Path) -> None:
    """As after a restart that emptied /tmp; a worktree of the user's is left alone, also one that is gone."""
    git(root, "worktree", "add", "-q", "--detach", str(tmp_path / "mine"))
    (tmp_path / "mine").rename(tmp_path / "unmounted")
    killed = Holder(root)
    killed.end(signal.SIGKILL)
    killed.tree.parent.parent.rename(tmp_path / "emptied")
    assert remove_abandoned(root) == 1
    assert str(tmp_path / "mine") in git(root, "worktree", "list")
    git(root, "worktree", "prune")


def test_an_unknown_revision_makes_nothing(root: Path) -> None:
    """It is said before a folder is made."""
    with pytest.raises(RevisionError, match="unknown revision"), worktree(root, "none"):
        pass


def test_what_git_can_t_check_out_is_said(root: Path) -> None:
    """A commit whose files are not there, as in a broken or partial clone."""
    blob = git(root, "rev-parse", "HEAD:a.txt")
    (root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(RevisionError, match="can't check out 'HEAD': "), worktree(root, "HEAD"):
        pass


def test_no_room_for_it_is_said(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With the variable that names another place."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(RevisionError, match="set TMPDIR"), worktree(root, "HEAD"):
        pass


def test_what_a_checkout_leaves_out_is_said(root: Path, tmp_path: Path) -> None:
    """Submodules and files in Git LFS, each with the command that gets them."""
    repository(tmp_path / "other", {"b.txt": "1"})
    git(root, "submodule", "add", "-q", str(tmp_path / "other"), "vendored")
    committed(root, {".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n"})
    with worktree(root, "HEAD") as found:
        assert list((found.root / "vendored").iterdir()) == []
        submodules, lfs = found.notes
    assert "--setup 'git submodule update --init'" in submodules
    assert "--setup 'git lfs pull'" in lfs


def test_a_folder_without_an_owner_s_lock_is_left_alone(root: Path) -> None:
    """One that has just been made, or another user's."""
    with worktree(root, "HEAD") as found:
        os.rename(found.root.parent.parent / "lock", found.root.parent.parent / "unlocked")
        assert remove_abandoned(root) == 0
        assert found.root.exists()
    assert worktrees.PREFIX in str(found.root)
