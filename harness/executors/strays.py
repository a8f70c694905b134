"""What a child left behind and no guard can reach any more, known by a mark in its environment."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

MARK = "FITMENT_CHILD"
POLL_S = 0.02


def end(mark: str, seconds: float) -> bool:
    """Kills whoever carries the mark until nobody does; whether that came within ``seconds``."""
    until = time.monotonic() + seconds
    while found := list(marked(mark)) or _a_moment_later(mark):
        if time.monotonic() > until:
            return False
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(POLL_S)
    return True


def _a_moment_later(mark: str) -> list[int]:
    """A process has no environment for a moment, as it becomes another program."""
    time.sleep(POLL_S)
    return list(marked(mark))


def marked(mark: str) -> Iterator[int]:
    """The processes of ours that carry the mark; one that has ended carries none."""
    wanted = f"{MARK}={mark}".encode()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                if wanted in (folder / "environ").read_bytes().split(b"\0"):
                    yield int(folder.name)
