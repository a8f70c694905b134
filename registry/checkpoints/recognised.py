"""Which format a file of a checkpoint has, by its name: one file in formats/ each."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import BinaryIO, cast

from .facts import NOTHING, CheckpointDamagedError, Read
from .formats import HELPERS

LFS_POINTER = b"version https://git-lfs.github.com/spec/"
_LONGEST_POINTER = 1024  # bytes


@cache
def formats() -> tuple[str, ...]:
    """The names of all formats, sorted; nothing is imported to find them."""
    modules = pkgutil.iter_modules([str(Path(__file__).parent / "formats")])
    return tuple(sorted(module.name for module in modules if module.name not in HELPERS))


def format_of(path: str) -> str | None:
    """The format that takes a file of that path, None where none does."""
    name = path.rpartition("/")[2]
    return next((each for each in formats() if _module(each).takes(name)), None)


def read(path: str, stream: BinaryIO, size: int) -> Read:
    """What the file says of itself; findings and reasons go on from its path.

    Raises CheckpointDamagedError for a file of weights that is cut off or contradicts itself, and for a
    pointer of Git LFS that stands in a file's place.
    """
    if size <= _LONGEST_POINTER:
        if stream.read(len(LFS_POINTER)) == LFS_POINTER:
            raise CheckpointDamagedError(
                f"{path} is a pointer of Git LFS, not the file itself: get that by `git lfs pull`"
            )
        stream.seek(0)
    found = format_of(path)
    if found is None:
        return NOTHING
    module = _module(found)
    try:
        return cast(Read, module.read(stream, size))
    except ValueError as error:
        if module.WEIGHTS:
            raise CheckpointDamagedError(f"{path} {error}") from error
        return Read(findings=(str(error),))


def _module(name: str) -> ModuleType:
    return import_module(f".formats.{name}", __package__)
