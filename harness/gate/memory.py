"""What the gate asks of the past: estimates of quiet runs, how sessions differ, what was recorded or accepted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

SESSIONS_KNOWN = 30  # sessions of unchanged code, before their spread is believed


@dataclass(frozen=True, slots=True)
class SessionSpread:
    """How much the median of a session differs from session to session, where nothing was changed."""

    sd: float  # of ln median
    degrees: int  # of freedom: sessions less the revisions that they are of
    sessions: int

    @property
    def known(self) -> bool:
        """Whether enough sessions were seen."""
        return self.sessions >= SESSIONS_KNOWN and self.degrees > 0


class Baseline(Protocol):
    """What was recorded of one revision in one session; a GateReport has all of it."""

    @property
    def id(self) -> str:
        """How it is named in messages."""

    @property
    def at(self) -> str:
        """ISO 8601, UTC."""

    @property
    def machine_class(self) -> str:
        """Of its times."""

    @property
    def counter_class(self) -> str:
        """Of its counters."""

    @property
    def processes(self) -> Mapping[str, Sequence[float]]:
        """Process medians of each benchmark, seconds; empty where only counters were recorded."""

    @property
    def counters(self) -> Mapping[str, Mapping[str, float]]:
        """Counters of each benchmark."""


class History(Protocol):
    """The past of one machine class and one counter class."""

    def estimates(self, benchmark: str, metric: str) -> Sequence[float]:
        """Final estimates, ln units, of runs that were judged PASS or were A/A, oldest first."""

    def session_spread(self, benchmark: str) -> SessionSpread | None:
        """Of that benchmark's time; None where there is nothing to tell it by."""

    def accepted(self) -> Baseline | None:
        """The last accepted baseline."""


Recall = Callable[[str, str], History]  # of a machine class and a counter class


class NoHistory:
    """A machine that never gated before."""

    def estimates(self, benchmark: str, metric: str) -> Sequence[float]:
        """None."""
        return ()

    def session_spread(self, benchmark: str) -> SessionSpread | None:
        """Unknown."""
        return None

    def accepted(self) -> Baseline | None:
        """None."""
        return None
