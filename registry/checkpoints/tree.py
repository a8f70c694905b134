"""The files under a path, links followed where they stay inside; what can't be kept is refused by name."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from ..errors import RefusedError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

LEFT_OUT = frozenset(
    {".git", ".hg", ".svn", ".cache", "__pycache__", ".ipynb_checkpoints", ".DS_Store", "Thumbs.db"}
)
MOST_FILES = 20_000
_DEEPEST = 64
_LONGEST = 1024  # characters of a path


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that is to be kept: its name in the checkpoint, where it lies, and what it was when seen."""

    path: str  # relative, with "/"
    real: Path  # no link
    size_bytes: int
    identity: tuple[int, int, int, int]  # device, inode, size, time of change


@dataclass(frozen=True, slots=True)
class Tree:
    """The files under a path, by their paths, and what was left out."""

    files: tuple[SourceFile, ...]
    left_out: tuple[str, ...]


def tree(path: Path) -> Tree:
    """The file at ``path``, or all files below it, sorted.

    A link may point to anywhere below ``path``; in a snapshot of Hugging Face's cache also into the blobs
    that belong to it. Raises RefusedError for a link that leads elsewhere, in a circle or nowhere, for what
    is no regular file, can't be read or named, and where nothing is there.
    """
    try:
        root = path.resolve(strict=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise RefusedError(f"can't read {_shown(path)}: {_reason(error)}; name a file or a folder") from error
    if root.is_dir():
        _not_a_cache(path, root)
        files, left_out = _below(root)
    else:
        files, left_out = [_file(root, path.absolute().name, path)], []
    if not files:
        raise RefusedError(f"nothing to keep in {_shown(path)}: it holds no file")
    return Tree(tuple(sorted(files, key=lambda file: file.path)), tuple(sorted(left_out)))


@contextmanager
def opened(source: SourceFile) -> Iterator[BinaryIO]:
    """The file's bytes. Raises RefusedError where it is not what was seen, or no longer after the body."""
    try:
        fd = os.open(source.real, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise RefusedError(f"can't read {_shown(source.real)}: {_reason(error)}") from error
    with _Source(fd) as stream:
        stream.path = source.path
        _unchanged(fd, source)
        yield cast(BinaryIO, stream)
        _unchanged(fd, source)


class _Source(io.FileIO):
    """A file whose failing is told as its own, not as that of what it is copied to."""

    path = ""

    def readinto(self, buffer: Buffer, /) -> int | None:
        """As the file's own. Raises RefusedError."""
        try:
            return super().readinto(buffer)
        except OSError as error:
            raise RefusedError(f"can't read {self.path}: {_reason(error)}") from error


def _unchanged(fd: int, source: SourceFile) -> None:
    if _identity(os.fstat(fd)) != source.identity:
        raise RefusedError(f"{source.path} was changed while it was read: add it when nobody writes to it")


def _identity(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _below(root: Path) -> tuple[list[SourceFile], list[str]]:
    files: list[SourceFile] = []
    left_out: list[str] = []
    allowed = [root, *_own_blobs(root)]
    open_folders: list[tuple[Path, str, tuple[Path, ...]]] = [(root, "", (root,))]
    folders = 0
    while open_folders:
        folder, prefix, above = open_folders.pop()
        folders += 1  # links to folders of links can be more than anybody could follow
        for entry in _entries(folder):
            name = f"{prefix}{entry.name}"
            if entry.name in LEFT_OUT:
                left_out.append(name)
                continue
            real = _followed(entry, name, allowed)
            if real.is_dir():
                if real in above:
                    raise RefusedError(f"{_shown(name)} leads in a circle: take it out")
                if len(above) > _DEEPEST:
                    raise RefusedError(f"{_shown(name)} lies more than {_DEEPEST} folders deep")
                open_folders.append((real, f"{name}/", (*above, real)))
            else:
                files.append(_file(real, name, real))
        if max(len(files), folders) > MOST_FILES:
            raise RefusedError(f"{_shown(root)} holds more than {MOST_FILES:,} files: name one checkpoint")
    return files, left_out


def _entries(folder: Path) -> Sequence[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError as error:
        raise RefusedError(f"can't read {_shown(folder)}: {_reason(error)}") from error


def _followed(entry: os.DirEntry[str], name: str, allowed: Sequence[Path]) -> Path:
    """Where the entry lies, links followed. Raises RefusedError where that is not below ``allowed``."""
    if not entry.is_symlink():
        return Path(entry.path)
    try:
        real = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop, before Python 3.13
        raise RefusedError(f"{_shown(name)} is a link that leads nowhere: {_reason(error)}") from error
    if not any(real.is_relative_to(each) for each in allowed):
        raise RefusedError(
            f"{_shown(name)} is a link out of the folder, to {_shown(real)}: put the file itself there"
        )
    return real


def _own_blobs(root: Path) -> list[Path]:
    """Where the files of a snapshot in Hugging Face's cache lie: blobs beside snapshots in models--…"""
    blobs = root.parent.parent / "blobs"
    of_cache = root.parent.name == "snapshots" and "--" in root.parent.parent.name
    return [blobs] if of_cache and blobs.is_dir() and not blobs.is_symlink() else []


def _not_a_cache(path: Path, root: Path) -> None:
    """Refuses a model's whole folder in that cache: each file would be there twice, once without a name."""
    snapshots = root / "snapshots"
    if (root / "blobs").is_dir() and snapshots.is_dir():
        there = [entry.name for entry in sorted(snapshots.iterdir())[:3]]
        which = " or ".join(str(path / "snapshots" / name) for name in there) or "of which it has none"
        raise RefusedError(f"{_shown(path)} is a folder of Hugging Face's cache: name a snapshot, {which}")


def _file(real: Path, name: str, shown: Path | str) -> SourceFile:
    try:
        status = os.stat(real, follow_symlinks=False)
        if not stat.S_ISREG(status.st_mode):
            raise RefusedError(f"{_shown(name)} is no regular file, but {_kind(status.st_mode)}: take it out")
        name.encode()
        if not os.access(real, os.R_OK):
            raise RefusedError(f"can't read {_shown(shown)}: you may not; ask for the right or take it out")
    except UnicodeEncodeError:
        raise RefusedError(f"the name {_shown(name)} is no UTF-8: give the file another") from None
    except OSError as error:
        raise RefusedError(f"can't read {_shown(shown)}: {_reason(error)}") from error
    if len(name) > _LONGEST:
        raise RefusedError(f"{_shown(name)[:80]}… has more than {_LONGEST:,} characters")
    return SourceFile(name, real, status.st_size, _identity(status))


def _kind(mode: int) -> str:
    tests = {
        stat.S_ISFIFO: "a pipe",
        stat.S_ISSOCK: "a socket",
        stat.S_ISCHR: "a device",
        stat.S_ISBLK: "a device",
    }
    return next((kind for test, kind in tests.items() if test(mode)), "something else")


def _shown(path: Path | str) -> str:
    return os.fspath(path).encode("utf-8", "backslashreplace").decode()


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)[:100]
