"""Processes that a failing test does not wait for."""

from __future__ import annotations

import subprocess
from types import TracebackType


class Process(subprocess.Popen[bytes]):
    """As Popen; killed where its ``with`` block raises, so that the test fails and does not hang."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.kill()
        super().__exit__(kind, error, trace)
