"""flock on a small file: freed by the kernel when its owner dies; the pid inside is only for the message."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import StoreBusyError
from .files import guarded, open_state, refused

_POLL_S = 0.02


@contextmanager
def hold(path: Path, wait_s: float, *, shared: bool = False) -> Iterator[None]:
    """Holds the lock file ``path`` for the body: alone, or with others who hold it ``shared``.

    Raises ``StoreBusyError`` naming the owner when it is not free within ``wait_s`` seconds.
    """
    with guarded(path):
        fd = _open(path)
    try:
        _acquire(fd, path, wait_s, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        _sign(fd)
        yield
    finally:
        os.close(fd)


def _open(path: Path) -> int:
    try:
        return open_state(path, os.O_RDWR | os.O_CREAT)
    except OSError:  # a lock that exists can be taken even where nothing can be written
        return open_state(path, os.O_RDONLY)


def _acquire(fd: int, path: Path, wait_s: float, kind: int) -> None:
    deadline = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(fd, kind | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise busy(path.parent, _owner(fd), wait_s) from None
        except OSError as error:  # a file system without locks
            raise refused(path, error) from error
        time.sleep(_POLL_S)


def busy(path: Path, pid: int | None, wait_s: float) -> StoreBusyError:
    """The error that names who holds ``path`` and how long we waited."""
    owner = "another process" if pid is None else "this process" if pid == os.getpid() else f"process {pid}"
    return StoreBusyError(f"{path} is in use by {owner} (waited {wait_s:g} s); try again when it is done")


def _owner(fd: int) -> int | None:
    text = os.pread(fd, 20, 0).split(b"\n")[0]
    return int(text) if text.isdigit() else None


def _sign(fd: int) -> None:
    with suppress(OSError):  # a full disk must not stop who has the lock
        os.pwrite(fd, b"%d\n" % os.getpid(), 0)
