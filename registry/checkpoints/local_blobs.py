"""A store of files by content in a folder: each is written whole and durable before it has its name."""

from __future__ import annotations

import errno
import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ..errors import FitmentError, RefusedError, StoreFullError
from ..storage.files import sync_folder, write_all
from .blobs import Kept, name_of
from .pouring import poured
from .tree import SourceFile, opened

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG, errno.EMFILE, errno.ENFILE})
_DATABASE = re.compile(r"[0-9a-f]{32}")


class LocalBlobs:
    """See ``Blobs``."""

    def __init__(self, folder: Path) -> None:
        self.place = str(folder)
        self._folder = folder
        self._incoming = folder / "incoming"

    def begin(self, database: str) -> None:
        """Makes the folders, and a file of the database's id."""
        with self._refusing():
            self._make(self._incoming)
            self._make(self._folder / "databases")
            marker = self._folder / "databases" / database
            if not marker.exists():
                os.close(os.open(marker, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o666))
                sync_folder(marker.parent)

    def databases(self) -> tuple[str, ...]:
        """The ids that have a file."""
        with self._refusing(), suppress(FileNotFoundError):
            return tuple(sorted(filter(_DATABASE.fullmatch, os.listdir(self._folder / "databases"))))
        return ()

    def size(self, sha256: str) -> int | None:
        """As the file system tells."""
        with self._refusing(), suppress(FileNotFoundError):
            return os.stat(self._path(sha256), follow_symlinks=False).st_size
        return None

    def put(self, source: SourceFile) -> Kept:
        """Written under a name of its own, fsync'd, renamed, and the folder fsync'd."""
        new = self._incoming / uuid.uuid4().hex
        try:
            with opened(source) as stream, self._refusing():
                fd = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o444)
                try:
                    sha256, size = poured(stream, lambda block: write_all(fd, block))
                    held = self.size(sha256) == size
                    if not held:
                        os.fsync(fd)
                finally:
                    os.close(fd)
            if not held:
                with self._refusing():
                    self._take_name(new, self._path(sha256))
            return Kept(sha256, size, written=not held)
        finally:
            with suppress(OSError):
                os.unlink(new)

    def open(self, sha256: str) -> BinaryIO:
        """The file's bytes."""
        return open(self._path(sha256), "rb", buffering=0)

    def blobs(self) -> Iterator[tuple[str, int]]:
        """The files of the two levels of folders."""
        root = self._folder / "blobs" / "sha256"
        with self._refusing():
            for first in sorted(root.glob("[0-9a-f][0-9a-f]")):
                for path in sorted(first.iterdir()):
                    sha256 = first.name + path.name
                    with suppress(ValueError):
                        name_of(sha256)
                        yield sha256, path.lstat().st_size

    def remove(self, sha256: str) -> None:
        """Unlinks the file."""
        with self._refusing(), suppress(FileNotFoundError):
            os.unlink(self._path(sha256))

    def sweep(self) -> int:
        """Empties the folder of what has no name yet."""
        freed = 0
        with self._refusing(), suppress(FileNotFoundError):
            for path in list(self._incoming.iterdir()):
                freed += path.lstat().st_size
                os.unlink(path)
        return freed

    def _take_name(self, new: Path, path: Path) -> None:
        self._make(path.parent)
        os.replace(new, path)
        sync_folder(path.parent)

    def _make(self, folder: Path) -> None:
        """Makes a folder and those above it, each durable."""
        if folder.is_dir():
            return
        self._make(folder.parent)
        with suppress(FileExistsError):
            os.mkdir(folder)
            sync_folder(folder.parent)

    def _path(self, sha256: str) -> Path:
        return self._folder / name_of(sha256)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """Turns what the file system says into the user's error."""
        try:
            yield
        except OSError as error:
            raise refused(self.place, error) from error


def refused(place: str, error: OSError) -> FitmentError:
    """The user's error where a store of checkpoints refuses."""
    reason = error.strerror or str(error)[:200]
    if error.errno in _FULL:
        return StoreFullError(f"{place}: {reason}; nothing is half kept, make room and run it again")
    return RefusedError(f"can't use the checkpoint store {place}: {reason}; name another with --store")
