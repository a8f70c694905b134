"""Signals that end a program, as exceptions: so that what it has set up is taken down."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = (signal.SIGTERM, signal.SIGHUP)


class Stopped(KeyboardInterrupt):
    """A signal that asks to end; pytest takes it for a Ctrl-C."""

    def __init__(self, signum: int) -> None:
        super().__init__(signal.Signals(signum).name)
        self.signum = signum


@contextmanager
def raised() -> Iterator[None]:
    """SIGTERM and SIGHUP raise Stopped in the body, where they would otherwise end the process unsaid.

    One that somebody else handles or ignores (nohup) stays theirs; outside the main thread nothing is done.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ours = [signum for signum in ENDING if signal.getsignal(signum) is signal.SIG_DFL]
    for signum in ours:
        signal.signal(signum, _raise)
    try:
        yield
    finally:
        for signum in ours:
            signal.signal(signum, signal.SIG_DFL)


@contextmanager
def held_back() -> Iterator[None]:
    """Signals that ask to end wait until the body has: a second Ctrl-C does not cut the taking down short.

    By handlers, since a mask of this thread's would leave them to any other thread.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    waiting: tuple[int, ...] = (signal.SIGINT, *ENDING)
    before = {signum: signal.getsignal(signum) for signum in waiting}
    ours = [signum for signum, handler in before.items() if handler not in (None, signal.SIG_IGN)]
    for signum in ours:
        signal.signal(signum, lambda signum, frame: came.append(signum))
    try:
        yield
    finally:
        for signum in ours:
            signal.signal(signum, before[signum])
    if came:
        signal.raise_signal(came[0])


def _raise(signum: int, frame: FrameType | None) -> None:
    raise Stopped(signum)
