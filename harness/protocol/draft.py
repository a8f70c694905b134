"""A measurement as far as it has come, so that a failure keeps what was measured before it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...registry.records import OK
from ..channel import Sender


class Draft:
    """The fields of a Measurement that the child fills in, the stage it is in, and the raw latencies."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._fields: dict[str, Any] = {"status": OK}
        self._flags: list[str] = []
        self.stage = "start"
        self.settled = False
        self.samples: NDArray[np.float64] | None = None

    def enter(self, stage: str) -> None:
        """Names what begins now."""
        self.stage = stage
        self._sender.stage(stage)

    def note(self, **fields: Any) -> None:
        """Keeps these fields."""
        self._fields.update(fields)

    def flag(self, name: str) -> None:
        """Adds a quality flag, once."""
        if name not in self._flags:
            self._flags.append(name)

    def fail(self, status: str, detail: str) -> None:
        """Makes this the outcome."""
        self.note(status=status, stage=self.stage, detail=detail)

    def settle(self) -> None:
        """Sends the answer as it stands: from here on, what fails is only missing from it."""
        self.send()
        self.settled = True

    def send(self) -> None:
        """Sends the answer; a later one replaces it."""
        self._sender.result({**self._fields, "flags": ",".join(self._flags)}, self.samples)
