"""A stream's bytes hashed, and on their way copied, in one pass."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from typing import BinaryIO

_BLOCK = 1 << 20  # bytes; with more, what was read is out of the processor's cache when it is hashed


class UnreadableError(OSError):
    """Bytes that could not be read, told apart from those that could not be written."""


def poured(stream: BinaryIO, write: Callable[[memoryview], object] | None = None) -> tuple[str, int]:
    """The SHA-256 in hex and the number of the bytes that ``stream`` had, each given to ``write``.

    A block is hashed while it is written and the next one is read. ``write`` must take all that it is
    given, and keep none of it. Raises UnreadableError, and what ``write`` raises.
    """
    digest, size = hashlib.sha256(), 0
    blocks = (memoryview(bytearray(_BLOCK)), memoryview(bytearray(_BLOCK)))
    hashed: Future[None] | None = None
    with ExitStack() as stack:
        hasher: ThreadPoolExecutor | None = None
        turn = 0
        while read := _filled(stream, blocks[turn]):
            block = blocks[turn][:read]
            if hashed is not None:
                hashed.result()
            if write is None or (read < _BLOCK and hasher is None):  # a thread would have nothing to gain
                digest.update(block)
            else:
                hasher = hasher or stack.enter_context(ThreadPoolExecutor(1))
                hashed = hasher.submit(digest.update, block)
            if write is not None:
                write(block)
            size, turn = size + read, 1 - turn
        if hashed is not None:
            hashed.result()
    return digest.hexdigest(), size


def _filled(stream: BinaryIO, block: memoryview) -> int:
    """How many bytes were read: as many as fit, less at the end."""
    filled = 0
    try:
        while filled < len(block) and (read := stream.readinto(block[filled:])):  # type: ignore[attr-defined]
            filled += read
    except OSError as error:
        raise UnreadableError(error.errno, error.strerror or str(error)[:100]) from error
    return filled
