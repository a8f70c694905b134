from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from fitment.harness.sweeps.git_state import git_state

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=a", "-c", "user.email=a@b"]
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


@needs_git
def test_commit_and_dirty_flag_of_a_repository(tmp_path: Path) -> None:
    """A clean tree gives its commit, a changed one its commit and True."""
    git(tmp_path, "init", "-q")
    (tmp_path / "a").write_text("1")
    git(tmp_path, "add", "a")
    git(tmp_path, "commit", "-q", "-m", "a")
    commit = git(tmp_path, "rev-parse", "HEAD")
    assert git_state(tmp_path) == (commit, False)
    (tmp_path / "a").write_text("2")
    assert git_state(tmp_path) == (commit, True)


@needs_git
def test_a_repository_without_a_commit_has_no_state(tmp_path: Path) -> None:
    """Before the first commit there is nothing to name."""
    git(tmp_path, "init", "-q")
    assert git_state(tmp_path) == (None, None)


@needs_git
def test_a_repository_can_not_make_us_run_its_programs(tmp_path: Path) -> None:
    """A hostile configuration's fsmonitor is not started."""
    git(tmp_path, "init", "-q")
    (tmp_path / "a").write_text("1")
    git(tmp_path, "add", "a")
    git(tmp_path, "commit", "-q", "-m", "a")
    git(tmp_path, "config", "core.fsmonitor", f"touch {tmp_path}/ran; false")
    assert git_state(tmp_path)[1] is False
    assert not (tmp_path / "ran").exists()


def test_without_git_there_is_no_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No git, no error."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert git_state(tmp_path) == (None, None)


def test_outside_a_repository_there_is_no_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of no repository has neither commit nor flag."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert git_state(tmp_path) == (None, None)
