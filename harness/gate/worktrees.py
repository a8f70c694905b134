"""A revision's files in a folder of their own for as long as they are needed, and not a moment longer."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from .errors import RevisionError
from .report import Side
from .revisions import commit_of, git, last_line
from .signals import held_back, raised

PREFIX = "fitment-tree-"
_LOCK, _FILES, _STARTUP = "lock", "files", "startup"


@dataclass(frozen=True, slots=True)
class Worktree:
    """A revision that is checked out in a temporary folder."""

    side: Side
    root: Path  # its files, resolved
    startup: Path  # an empty folder beside them
    notes: tuple[str, ...]  # what of the revision is not in it, one line each


@contextmanager
def worktree(repository: Path, revision: str) -> Iterator[Worktree]:
    """``revision`` checked out beside ``repository``, which it does not touch but for its list of worktrees.

    Removed when the body ends, also by an exception, Ctrl-C, SIGTERM or SIGHUP. Where a gate was killed,
    the next one in this repository removes what it left. No hook of the repository runs.

    Raises RevisionError for a revision that git does not know or can't check out.
    """
    commit = commit_of(repository, revision)
    remove_abandoned(repository)
    with raised():
        try:
            folder = Path(tempfile.mkdtemp(prefix=PREFIX)).resolve()
        except OSError as error:
            raise RevisionError(_no_place(error)) from error
        files = folder / _FILES / (repository.name or "root")  # its own name: a package's, perhaps
        try:
            with _owned(folder):
                yield _added(repository, revision, commit, files, folder / _STARTUP)
        finally:
            with held_back():
                _remove(repository, files)


def remove_abandoned(repository: Path) -> int:
    """The number of worktrees removed that a gate which was killed has left in ``repository``."""
    listed = git(repository, "worktree", "list", "--porcelain").stdout.splitlines()
    paths = [Path(os.fsdecode(line[9:])) for line in listed if line.startswith(b"worktree ")]
    ours = [path for path in paths if path.parent.name == _FILES and _folder(path).name.startswith(PREFIX)]
    abandoned = [path for path in ours if _abandoned(_folder(path))]
    for path in abandoned:
        _remove(repository, path)
    return len(abandoned)


def _added(repository: Path, revision: str, commit: str, files: Path, startup: Path) -> Worktree:
    startup.mkdir()
    done = git(repository, "worktree", "add", "--detach", "--quiet", str(files), commit)
    if done.returncode:
        raise RevisionError(f"can't check out {revision[:100]!r}: {last_line(done.stderr)}")
    return Worktree(Side(revision, commit), files, startup, _missing(files, revision))


def _missing(files: Path, revision: str) -> tuple[str, ...]:
    """What a plain checkout leaves out."""
    notes = []
    if (files / ".gitmodules").exists():
        notes.append(
            f"{revision} has submodules, which are not checked out in its tree: "
            "--setup 'git submodule update --init' does it"
        )
    with suppress(OSError):
        if "filter=lfs" in (files / ".gitattributes").read_text(encoding="utf-8", errors="replace"):
            notes.append(
                f"{revision} has files in Git LFS: those that this clone never fetched are pointers in its "
                "tree; --setup 'git lfs pull' fetches them"
            )
    return tuple(notes)


@contextmanager
def _owned(folder: Path) -> Iterator[None]:
    """Holds the folder's lock, which the kernel gives back when we die, however that may be."""
    new = folder / f".{_LOCK}"
    fd = os.open(new, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        os.rename(new, folder / _LOCK)  # from here on it can be found, and is held
        yield
    finally:
        os.close(fd)


def _abandoned(folder: Path) -> bool:
    """Whether nobody holds the folder's lock any more; where there is none, only if the folder is gone."""
    try:
        fd = os.open(folder / _LOCK, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return not folder.exists()
    except OSError:  # another user's
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(fd)
    return True


def _remove(repository: Path, files: Path) -> None:
    shutil.rmtree(files, ignore_errors=True)  # first: git removes no worktree that it takes for a broken one
    with suppress(RevisionError):  # git itself is gone: its list of worktrees is not ours to mend
        # --force twice: also one that git was still filling, and had locked
        git(repository, "worktree", "remove", "--force", "--force", str(files), alone=True)
    shutil.rmtree(_folder(files), ignore_errors=True)


def _folder(files: Path) -> Path:
    """The temporary folder that a worktree's files lie in."""
    return files.parent.parent


def _no_place(error: OSError) -> str:
    return f"can't make a temporary folder for the revision: {error.strerror}; set TMPDIR to one with room"
