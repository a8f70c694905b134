"""Arrays in a folder that may be thrown away: one .npy each, memory-mapped, and checked when first used.

``manifest.json`` says of each its size and crc32. A folder appears whole under its name or not at all.
"""

from __future__ import annotations

import fcntl
import json
import mmap
import os
import shutil
import stat
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...storage.files import write_all

FORMAT = 1  # raised when arrays change their names or meaning: older folders are then made again
_MANIFEST, _NEW = "manifest.json", "new"

Array = NDArray[Any]


class ArraysDamagedError(Exception):
    """Arrays that are missing, of another format, or not the bytes that were written."""


def folder_beside(path: Path) -> Path:
    """Where the arrays of the database at ``path`` lie."""
    return path.with_suffix(".lineage") if path.suffix in (".duckdb", ".db") else _named(path)


def _named(path: Path) -> Path:
    return path.with_name(path.name + ".lineage")


def key_of(segment: str) -> str:
    """The name of the folder of arrays made from ``segment`` by this format."""
    return f"{segment[:32]}-{FORMAT}"


class StoredArrays(Mapping[str, Array]):
    """The arrays of one folder by name, read-only; mapped at once, so that they stay when it is replaced.

    Getting one raises ``ArraysDamagedError`` where its bytes are not those that were written.
    """

    def __init__(self, mapped: Mapping[str, tuple[mmap.mmap | None, int]]) -> None:
        self._mapped = mapped  # with the crc32
        self._sound: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        if name not in self._sound:
            self._sound[name] = self._checked(name)
        return self._sound[name]

    def _checked(self, name: str) -> Array:
        held, crc = self._mapped[name]
        if held is None or zlib.crc32(held) != crc:
            raise ArraysDamagedError(f"the array {name} is damaged")
        return _array_in(held)

    def __iter__(self) -> Iterator[str]:
        return iter(self._mapped)

    def __len__(self) -> int:
        return len(self._mapped)


def read(folder: Path, key: str) -> StoredArrays:
    """The arrays of ``key``. Raises ``ArraysDamagedError`` where they are not there, or OSError."""
    with _opened(folder, key) as place:
        try:
            said = json.loads(_content(place, _MANIFEST))
            sizes = {str(name): (int(size), int(crc)) for name, (size, crc) in said["arrays"].items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise ArraysDamagedError(f"its {_MANIFEST} is damaged") from error
        return StoredArrays({name: (_mapped(place, name, size), crc) for name, (size, crc) in sizes.items()})


def _array_in(held: mmap.mmap) -> Array:
    """The array of a .npy file. Its bytes were checked; nothing in them is ever unpickled."""
    head = BytesIO(held[: 1 << 14])
    np.lib.format.read_magic(head)
    shape, _, dtype = np.lib.format.read_array_header_1_0(head)
    return np.frombuffer(held, dtype, offset=head.tell()).reshape(shape)


class _Place:
    """An open folder: nothing in it is reached by a path that somebody could bend."""

    def __init__(self, fd: int) -> None:
        self.fd = fd

    def __enter__(self) -> _Place:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.fd)

    def open(self, name: str, flags: int) -> int:
        return os.open(name, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666, dir_fd=self.fd)

    def folder(self, name: str) -> _Place:
        return _Place(self.open(name, os.O_RDONLY | os.O_DIRECTORY))


def _outer(folder: Path) -> _Place:
    return _Place(os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC))


def _opened(folder: Path, key: str) -> _Place:
    try:
        with _outer(folder) as outer:
            return outer.folder(key)
    except OSError as error:
        raise ArraysDamagedError(f"{folder / key}: {error.strerror}") from error


def _content(place: _Place, name: str) -> bytes:
    with os.fdopen(place.open(name, os.O_RDONLY), "rb") as stream:
        return stream.read()


def _mapped(place: _Place, name: str, size: int) -> mmap.mmap | None:
    """The file of an array as mapped memory; None where it is not there in its size."""
    with suppress(OSError, ValueError):
        fd = place.open(f"{name}.npy", os.O_RDONLY)
        try:
            if os.fstat(fd).st_size == size:
                return mmap.mmap(fd, size, access=mmap.ACCESS_READ)
        finally:
            os.close(fd)
    return None


def write(folder: Path, key: str, arrays: Mapping[str, Array]) -> None:
    """Writes ``arrays`` as those of ``key`` in the place of all others. Raises OSError.

    Not synchronised with the disk: what a power cut takes is found by its crc32, and made again.
    """
    with suppress(FileExistsError):
        os.mkdir(folder)
    with _outer(folder) as outer:
        fcntl.flock(outer.fd, fcntl.LOCK_EX)  # one writer at a time; freed when it dies
        _remove(outer, _NEW)
        os.mkdir(_NEW, dir_fd=outer.fd)
        try:
            with outer.folder(_NEW) as place:
                _write_all(place, arrays)
            _remove(outer, key)
            os.rename(_NEW, key, src_dir_fd=outer.fd, dst_dir_fd=outer.fd)
        except BaseException:
            _remove(outer, _NEW)
            raise
        for name in os.listdir(outer.fd):
            if name != key:
                _remove(outer, name)


def _write_all(place: _Place, arrays: Mapping[str, Array]) -> None:
    said = {}
    for name, array in arrays.items():
        head = BytesIO()
        plain = np.ascontiguousarray(array)
        np.lib.format.write_array_header_1_0(head, np.lib.format.header_data_from_array_1_0(plain))
        body = plain.reshape(-1).view(np.uint8).data
        _write(place, f"{name}.npy", head.getvalue(), body)
        said[name] = (len(head.getvalue()) + len(body), zlib.crc32(body, zlib.crc32(head.getvalue())))
    _write(place, _MANIFEST, json.dumps({"format": FORMAT, "arrays": said}).encode())


def _write(place: _Place, name: str, *parts: bytes | memoryview) -> None:
    fd = place.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        for part in parts:
            write_all(fd, part)
    finally:
        os.close(fd)


def _remove(outer: _Place, name: str) -> None:
    with suppress(FileNotFoundError):
        if stat.S_ISDIR(os.stat(name, dir_fd=outer.fd, follow_symlinks=False).st_mode):
            shutil.rmtree(name, dir_fd=outer.fd)
        else:
            os.unlink(name, dir_fd=outer.fd)
