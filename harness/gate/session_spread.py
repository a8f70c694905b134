"""How far the times of the same code lie apart from one session to the next, on one machine class."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

ENOUGH_SESSIONS = 30

Session = Mapping[tuple[str, str], float]  # (commit, benchmark) → median time, seconds


@dataclass(frozen=True, slots=True)
class SessionSpread:
    """The standard deviation of ln(median time) between sessions of the same code."""

    sd: float  # NaN where fewer than 2 sessions tell
    sessions: int  # that tell: those of the same commit as another, one less for each commit beyond the first

    @property
    def known(self) -> bool:
        """Whether enough sessions tell to decide anything by it."""
        return self.sessions >= ENOUGH_SESSIONS and math.isfinite(self.sd)


def session_spread(sessions: Sequence[Session], benchmark: str) -> SessionSpread:
    """The spread of ``benchmark``, where enough sessions tell; else the largest of those that are known.

    A benchmark is no quieter than it looks because another one is: where its own sessions are too few, the
    noisiest one of which there are enough stands in. Where there is none, its own with ``known`` false.

    The sd is pooled over commits about each commit's own mean; every commit costs one session, so that
    ``sessions`` − 1 is the sd's degrees of freedom.
    """
    own = _spread(sessions, benchmark)
    if own.known:
        return own
    others = {name for session in sessions for _, name in session}
    known = [spread for spread in (_spread(sessions, name) for name in others) if spread.known]
    return max(known, key=lambda spread: spread.sd, default=own)


def _spread(sessions: Iterable[Session], benchmark: str) -> SessionSpread:
    by_commit: dict[str, list[float]] = defaultdict(list)
    for session in sessions:
        for (commit, name), median in session.items():
            if name == benchmark:
                by_commit[commit].append(math.log(median))
    repeated = [values for values in by_commit.values() if len(values) > 1]
    free = sum(len(values) - 1 for values in repeated)
    if not free:
        return SessionSpread(math.nan, min(1, len(by_commit)))
    squares = sum((value - fmean(values)) ** 2 for values in repeated for value in values)
    return SessionSpread(math.sqrt(squares / free), free + 1)
