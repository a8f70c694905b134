"""A stream's bytes hashed, and on their way copied, in one pass."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import cycle
from typing import BinaryIO

_FIRST = 1 << 16  # bytes
_BLOCK = 1 << 20  # bytes; with more, what was read is out of the processor's cache when it is hashed


class UnreadableError(OSError):
    """Bytes that could not be read, told apart from those that could not be written."""


def poured(stream: BinaryIO, write: Callable[[memoryview], object] | None = None) -> tuple[str, int]:
    """The SHA-256 in hex and the number of the bytes that ``stream`` had, each given to ``write``.

    A block is hashed while it is written and the next one is read. ``write`` must take all that it is
    given, and keep none of it. Raises UnreadableError, and what ``write`` raises.
    """
    digest, size = hashlib.sha256(), 0
    hashed: Future[None] | None = None
    with ExitStack() as stack:
        hasher: ThreadPoolExecutor | None = None
        for block in _blocks():
            read = _filled(stream, block)
            filled = block[:read]
            if hashed is not None:
                hashed.result()
            if write is None or (read < len(block) and hasher is None):  # a thread would have nothing to gain
                digest.update(filled)
            else:
                hasher = hasher or stack.enter_context(ThreadPoolExecutor(1))
                hashed = hasher.submit(digest.update, filled)
            if write is not None:
                write(filled)
            size += read
            if read < len(block):
                break
        if hashed is not None:
            hashed.result()
    return digest.hexdigest(), size


def _blocks() -> Iterator[memoryview]:
    """A small one, as most files are small and memory has to be cleared, then two large ones in turn."""
    yield memoryview(bytearray(_FIRST))
    yield from cycle((memoryview(bytearray(_BLOCK)), memoryview(bytearray(_BLOCK))))


def _filled(stream: BinaryIO, block: memoryview) -> int:
    """How many bytes were read: as many as fit, less at the end."""
    filled = 0
    try:
        while filled < len(block) and (read := stream.readinto(block[filled:])):  # type: ignore[attr-defined]
            filled += read
    except OSError as error:
        raise UnreadableError(error.errno, error.strerror or str(error)[:100]) from error
    return filled
