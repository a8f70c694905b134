"""What a child writes, taken off its pipe as it comes, so that the child never waits for us."""

from __future__ import annotations

import os

CHUNK = 65536


class Drain:
    """The end of what came through a descriptor: ``capacity`` bounds what is kept, not what comes."""

    def __init__(self, fd: int, capacity: int) -> None:
        os.set_blocking(fd, False)
        self._fd = fd
        self._capacity = capacity
        self._kept = bytearray()

    def read(self) -> bool | None:
        """True after taking some bytes, None if there are none now, False if there will never be any."""
        try:
            chunk = os.read(self._fd, CHUNK)
        except BlockingIOError:
            return None
        self._kept += chunk
        del self._kept[: -self._capacity]
        return bool(chunk)

    @property
    def kept(self) -> bytes:
        """The last ``capacity`` bytes."""
        return bytes(self._kept)
