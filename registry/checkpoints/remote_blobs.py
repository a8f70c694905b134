"""A store of files by content on whatever fsspec knows a URL for."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO, cast

from ..errors import RefusedError
from .blobs import Kept, name_of
from .local_blobs import refused
from .pouring import poured
from .tree import SourceFile, opened

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_DATABASE = re.compile(r"[0-9a-f]{32}")


class RemoteBlobs:
    """See ``Blobs``. What "durable" means is for the far side to keep: a file is closed, then renamed."""

    def __init__(self, url: str) -> None:
        self.place = url
        self._fs, self._root = _file_system(url)

    def begin(self, database: str) -> None:
        """Makes the folders, where there are such, and a file of the database's id."""
        with self._refusing():
            self._fs.makedirs(self._at("incoming"), exist_ok=True)
            self._fs.makedirs(self._at("databases"), exist_ok=True)
            if not self._fs.exists(self._at(f"databases/{database}")):
                self._fs.pipe_file(self._at(f"databases/{database}"), b"fitment\n")

    def databases(self) -> tuple[str, ...]:
        """The ids that have a file."""
        names = (path.rpartition("/")[2] for path, _ in self._files("databases"))
        return tuple(sorted(filter(_DATABASE.fullmatch, names)))

    def size(self, sha256: str) -> int | None:
        """As the far side tells now, not as it was remembered."""
        with self._refusing(), suppress(FileNotFoundError):
            self._fs.invalidate_cache()
            return cast(int, self._fs.info(self._at(name_of(sha256)))["size"])
        return None

    def put(self, source: SourceFile) -> Kept:
        """Written under a name of its own, closed, renamed, and its size compared."""
        new = self._at(f"incoming/{uuid.uuid4().hex}")
        try:
            with opened(source) as stream, self._refusing(), self._fs.open(new, "wb") as out:
                sha256, size = poured(stream, out.write)
            if held := self.size(sha256) == size:
                return Kept(sha256, size, written=False)
            with self._refusing():
                path = self._at(name_of(sha256))
                self._fs.makedirs(path.rpartition("/")[0], exist_ok=True)
                self._fs.mv(new, path)
            if self.size(sha256) != size:
                raise RefusedError(f"{self.place} did not keep {source.path} whole: name another store")
            return Kept(sha256, size, written=not held)
        finally:
            with suppress(OSError):
                self._fs.rm_file(new)

    def open(self, sha256: str) -> BinaryIO:
        """The blob's bytes."""
        return cast(BinaryIO, self._fs.open(self._at(name_of(sha256)), "rb"))

    def blobs(self) -> Iterator[tuple[str, int]]:
        """All files that are called like a blob."""
        for path, size in sorted(self._files("blobs/sha256")):
            sha256 = "".join(path.rsplit("/", 2)[-2:])
            with suppress(ValueError):
                name_of(sha256)
                yield sha256, size

    def remove(self, sha256: str) -> None:
        """Removes the file."""
        with self._refusing(), suppress(FileNotFoundError):
            self._fs.rm_file(self._at(name_of(sha256)))

    def sweep(self) -> int:
        """Removes what has no name yet."""
        freed = 0
        for path, size in self._files("incoming"):
            with self._refusing():
                self._fs.rm_file(path)
            freed += size
        return freed

    def _files(self, folder: str) -> list[tuple[str, int]]:
        with self._refusing(), suppress(FileNotFoundError):
            self._fs.invalidate_cache()
            found = self._fs.find(self._at(folder), detail=True)
            return [(path, info["size"]) for path, info in found.items()]
        return []

    def _at(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise refused(self.place, error) from error


def _file_system(url: str) -> tuple[AbstractFileSystem, str]:
    from fsspec.core import url_to_fs  # here: nothing else needs it

    try:
        return cast("tuple[AbstractFileSystem, str]", url_to_fs(url))
    except (ImportError, ValueError, OSError) as error:
        raise RefusedError(f"can't use the checkpoint store {url}: {str(error)[:200]}") from error
