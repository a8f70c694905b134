from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from fitment.harness.gate.errors import RevisionError
from fitment.harness.gate.report import Side
from fitment.harness.gate.revisions import commit_of, last_line, toplevel, working_tree
from fitment.harness.gate.revisions import git as run_git

from tests.harness.gate.repositories import committed, git, repository


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with two commits, a tag on the first one, and a remote branch."""
    found = (tmp_path / "project").resolve()
    repository(found, {"a.txt": "1", "package/b.txt": "1", ".gitignore": "*.log\n"})
    git(found, "tag", "v1.0")
    committed(found, {"a.txt": "2"})
    git(found, "update-ref", "refs/remotes/origin/release", "HEAD")
    return found


def test_the_root_is_found_from_below(root: Path, tmp_path: Path) -> None:
    """Also through a link; outside of a repository the way out is a baseline."""
    assert toplevel(root / "package") == root
    (tmp_path / "link").symlink_to(root)
    assert toplevel(tmp_path / "link") == root
    with pytest.raises(RevisionError, match=r"is in no git repository .* name a baseline instead"):
        toplevel(tmp_path)
    with pytest.raises(RevisionError, match="is no folder"):
        toplevel(tmp_path / "none")


def test_a_revision_is_its_commit(root: Path) -> None:
    """Branch, tag, short hash, relative ones: 40 hex digits."""
    head = git(root, "rev-parse", "HEAD")
    assert commit_of(root, "main") == commit_of(root, head[:9]) == commit_of(root, "@") == head
    assert commit_of(root, "v1.0") == commit_of(root, "HEAD~1") != head


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("mian", "unknown revision 'mian': did you mean 'main'?"),
        ("release", "unknown revision 'release': did you mean 'origin/release'?"),
        ("zzzzzz", "unknown revision 'zzzzzz': `git branch --all` and `git tag` list what there is"),
        ("main..v1.0", "unknown revision 'main..v1.0'"),
        ("v1.0:a.txt", "unknown revision 'v1.0:a.txt'"),
        ("--output=x", "'--output=x' is no revision: a branch, a tag or a commit is needed"),
        ("", "'' is no revision"),
        ("a\0b", r"'a\x00b' is no revision"),
    ],
)
def test_what_is_no_revision_is_said(root: Path, revision: str, said: str) -> None:
    """With the names that come near; one that git could take for an option never reaches it."""
    with pytest.raises(RevisionError) as error:
        commit_of(root, revision)
    assert str(error.value).startswith(said)
    assert error.value.exit_code == 4


def test_a_shallow_clone_says_how_it_becomes_whole(root: Path, tmp_path: Path) -> None:
    """As a CI job has it, which checked out one commit."""
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{root}", "shallow")
    with pytest.raises(
        RevisionError, match="this clone is shallow: run `git fetch --unshallow`, or in GitHub"
    ):
        commit_of(tmp_path / "shallow", "HEAD~1")


def test_changes_make_the_working_tree_another_than_its_commit(root: Path) -> None:
    """A changed file, or one that git does not know; not an ignored one, and not the gate's own."""
    clean = Side("working tree", git(root, "rev-parse", "HEAD"))
    (root / "x.log").touch()
    (root / "package" / ".fitment-gate" / "baselines").mkdir(parents=True)
    (root / "package" / ".fitment-gate" / "baselines" / "x.json").touch()
    assert working_tree(root) == clean
    (root / "new.py").touch()
    assert working_tree(root).dirty
    (root / "new.py").unlink()
    (root / "a.txt").write_text("3")
    assert working_tree(root) == Side("working tree", clean.commit, dirty=True)


def test_a_repository_without_a_commit_has_none(tmp_path: Path) -> None:
    """Only changes."""
    git(tmp_path, "init", "-q")
    (tmp_path / "new.py").touch()
    assert working_tree(tmp_path) == Side("working tree", None, dirty=True)


def test_a_hook_s_variables_don_t_lead_elsewhere(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside a git hook GIT_DIR names the hook's repository."""
    monkeypatch.setenv("GIT_DIR", "/nonexistent")
    assert toplevel(root) == root


def test_without_git_a_baseline_is_the_way_out(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, no traceback."""
    monkeypatch.setenv("PATH", str(root))
    with pytest.raises(RevisionError, match=r"git is not installed: .* name a baseline instead"):
        toplevel(root)


def test_another_user_s_repository_says_what_git_wants(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    """As in a container whose checkout belongs to somebody else."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    with pytest.raises(RevisionError, match=r"safe\.directory"):
        toplevel(root)


def test_git_s_complaint_is_its_last_line() -> None:
    """Without what it puts before it."""
    assert last_line(b"hint: x\nfatal: no \xff such\n") == "no \ufffd such"
    assert last_line(b"") == "git gave no reason"


def test_no_hook_of_the_repository_runs(root: Path) -> None:
    """A checkout by the gate is no checkout of the user's."""
    hook = root / ".git" / "hooks" / "post-checkout"
    hook.write_text("#!/bin/sh\ntouch ran\n")
    hook.chmod(0o755)
    assert run_git(root, "checkout", "-q", "v1.0").returncode == 0
    assert not (root / "ran").exists()
    subprocess.run(["git", "checkout", "-q", "main"], cwd=root, check=True)
    assert (root / "ran").exists()
