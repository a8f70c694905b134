"""What Ctrl-C, SIGTERM and SIGHUP mean to a sweep: finish the cell, or abandon it; never half a record."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
FIRST_INTERRUPT = b"\nfitment: finishing this cell, then stopping; Ctrl-C again abandons it\n"


class Abandoned(BaseException):
    """Raised inside ``Interrupts.abandonable`` when a signal asks to stop at once."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum


class Interrupts:
    """A context in which signals stop a sweep in order; the old handlers come back at its end.

    The first SIGINT only sets ``signum``. A second one, SIGTERM and SIGHUP raise Abandoned, but only
    inside ``abandonable``: elsewhere, where a record may be half written, they wait for it.
    A signal that was ignored at the start (nohup) stays ignored.
    """

    def __init__(self) -> None:
        self.signum: int | None = None
        self._at_once = False
        self._inside = False
        self._previous: dict[int, signal._HANDLER] = {}

    def __enter__(self) -> Interrupts:
        self._came = os.eventfd(0, os.EFD_CLOEXEC)  # readable for good once a signal came
        for signum in SIGNALS:
            if signal.getsignal(signum) != signal.SIG_IGN:
                self._previous[signum] = signal.signal(signum, self._on_signal)
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for signum, handler in self._previous.items():
            signal.signal(signum, handler)
        os.close(self._came)

    def pause(self, seconds: float) -> bool:
        """Whether the time passed without a signal; any signal that means the sweep ends the wait."""
        return not select.select([self._came], [], [], seconds)[0]

    @contextmanager
    def abandonable(self) -> Iterator[None]:
        """A region that Abandoned may leave at any point; raised at its start if a signal came before."""
        self._inside = True
        try:
            if self._at_once:
                self._abandon()
            yield
        finally:
            self._inside = False

    def _on_signal(self, signum: int, frame: FrameType | None) -> None:
        self._at_once = self._at_once or signum != signal.SIGINT or self.signum is not None
        self.signum = signum  # before it is told: the second may come while this one is still being told
        if not self._at_once:
            os.write(2, FIRST_INTERRUPT)  # not through a buffer: the handler may have interrupted a print
        os.eventfd_write(self._came, 1)
        if self._at_once and self._inside:
            self._abandon()

    def _abandon(self) -> None:
        self._inside = False  # a third signal must not interrupt the clearing up
        assert self.signum is not None  # noqa: S101 set before every call
        raise Abandoned(self.signum)
