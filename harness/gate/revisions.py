"""What git says of a project: its root, the commit of a revision, whether its tree has changes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from .errors import RevisionError
from .report import Side
from .store import FOLDER

_SHOWN = 100
# What a hook's environment would point to another repository, or what could wait for a person.
GIT_VARIABLES = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_COMMON_DIR",
)
_SET = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def toplevel(start: Path) -> Path:
    """The root of the working tree around ``start``, resolved.

    Raises RevisionError where there is no git, no repository, or one without a working tree.
    """
    done = git(start, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise RevisionError(_no_repository(start, done.stderr))
    return Path(os.fsdecode(done.stdout.rstrip(b"\n"))).resolve()


def commit_of(root: Path, revision: str) -> str:
    """The hash of the commit that ``revision`` names. Raises RevisionError that names the near ones."""
    if not revision or revision.startswith("-") or "\0" in revision:
        raise RevisionError(f"{revision[:_SHOWN]!r} is no revision: a branch, a tag or a commit is needed")
    done = git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if done.returncode:
        raise RevisionError(_unknown(root, revision))
    return done.stdout.decode("ascii").strip()


def working_tree(root: Path) -> Side:
    """The files as they are, with the commit that is checked out; ``dirty`` where they differ from it.

    Files that git neither tracks nor ignores are a difference; what the gate itself keeps is none.
    """
    head = git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    ours = f":(exclude,glob)**/{FOLDER}/**"
    changes = git(root, "status", "--porcelain", "--untracked-files=normal", "--", ".", ours)
    if changes.returncode:
        return Side("working tree")  # in no repository: nothing is known of it
    return Side("working tree", head.stdout.decode("ascii").strip() or None, dirty=bool(changes.stdout))


def git(folder: Path, *words: str, alone: bool = False) -> subprocess.CompletedProcess[bytes]:
    """What ``git WORDS`` in ``folder`` ended with. ``alone``: a Ctrl-C at the terminal does not reach it.

    Raises RevisionError where there is no git.
    """
    command: Sequence[str] = ("git", "-c", "core.hooksPath=/dev/null", *words)
    environ = {name: value for name, value in os.environ.items() if name not in GIT_VARIABLES} | _SET
    try:
        return subprocess.run(  # noqa: S603  # words of ours, and a revision that commit_of has looked at
            command,
            cwd=folder,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            start_new_session=alone,
        )
    except FileNotFoundError as error:
        what = "git is not installed" if folder.is_dir() else f"{folder} is no folder"
        raise RevisionError(f"{what}: revisions can't be compared; name a baseline instead") from error
    except OSError as error:
        raise RevisionError(f"can't run git: {error.strerror}") from error


def last_line(stderr: bytes) -> str:
    """The last thing that git complained of, on one line."""
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix("fatal: ")[:300] if lines else "git gave no reason"


def _no_repository(start: Path, stderr: bytes) -> str:
    if b"dubious ownership" in stderr:
        return (
            f"{start} belongs to another user, so that git refuses it: run "
            f"`git config --global --add safe.directory {start}` if you trust it"
        )
    return (
        f"{start} is in no git repository with a working tree: revisions can't be compared; run this in one, "
        "or name a baseline instead"
    )


def _unknown(root: Path, revision: str) -> str:
    shown = f"unknown revision {revision[:_SHOWN]!r}"
    names = _names(root)
    near = [name for name in names if name.endswith(f"/{revision}")][:2]  # origin/main for main
    near = near or get_close_matches(revision[:_SHOWN], names, n=2)
    hint = f": did you mean {' or '.join(map(repr, near))}?" if near else ""
    if git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        return (
            f"{shown}{hint}; this clone is shallow: run `git fetch --unshallow`, or in GitHub Actions say "
            "`fetch-depth: 0` to actions/checkout"
        )
    return (
        f"{shown}{hint or ': `git branch --all` and `git tag` list what there is; `git fetch` brings more'}"
    )


def _names(root: Path) -> list[str]:
    found = git(root, "for-each-ref", "--format=%(refname:short)", "--count=5000").stdout
    return found.decode("utf-8", "replace").split()
