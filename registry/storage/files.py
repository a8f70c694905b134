"""Files of the state folder, written so that what was acknowledged survives a crash."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from ..errors import DatabasePathError, FitmentError, StoreFullError

_FULL = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EFBIG, errno.EMFILE, errno.ENFILE}
)


def refused(path: Path, error: OSError) -> FitmentError:
    """The user's error for an ``OSError`` on ``path``: a full or failing disk, or an unusable path."""
    reason = error.strerror or str(error)
    if error.errno in _FULL:
        return full(f"{path}: {reason}", read_only=error.errno == errno.EROFS)
    if error.errno == errno.ELOOP:
        reason = "it is a symbolic link, which is not followed here"
    return DatabasePathError(f"can't use {path}: {reason}; name a writable place with --db-path")


def full(what: str, *, read_only: bool) -> StoreFullError:
    """The user's error where the disk took no more."""
    way_out = "name a writable place with --db-path" if read_only else "make room and run it again"
    return StoreFullError(f"{what}; earlier results are kept, {way_out}")


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turns an ``OSError`` of the body into the error that ``refused`` gives for ``path``."""
    try:
        yield
    except OSError as error:
        raise refused(path, error) from error


def open_state(path: Path, flags: int) -> int:
    """A file descriptor for a file of the state folder; never follows a symbolic link there."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)


def read_state(path: Path) -> bytes:
    """The whole content of a file of the state folder."""
    with os.fdopen(open_state(path, os.O_RDONLY), "rb") as stream:
        return stream.read()


def write_all(fd: int, data: bytes | memoryview) -> None:
    """Writes all of ``data``, over as many calls as the kernel takes."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def sync_folder(folder: Path) -> None:
    """Makes names that were created, replaced or removed in ``folder`` durable."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def replace_durably(new: Path, path: Path) -> None:
    """Puts ``new`` in the place of ``path``; after a crash one of the two is there, whole."""
    os.replace(new, path)
    sync_folder(path.parent)


def write_durably(path: Path, data: bytes) -> None:
    """Writes ``path`` whole: a neighbour is written and fsync'd first, then takes its name."""
    new = path.with_name(path.name + ".new")
    with suppress(FileNotFoundError):
        os.unlink(new)
    fd = open_state(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        write_all(fd, data)
        os.fsync(fd)
    finally:
        os.close(fd)
    replace_durably(new, path)


def stamp() -> str:
    """The present time as part of a file's name."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
