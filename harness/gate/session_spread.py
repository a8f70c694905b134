"""How far the times of the same code lie apart from one session to the next, on one machine class."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

ENOUGH_SESSIONS = 30

Session = Mapping[tuple[str, str], float]  # (commit, benchmark) → median time, seconds


@dataclass(frozen=True, slots=True)
class SessionSpread:
    """The standard deviation of ln(median time) between sessions of the same code."""

    sd: float  # NaN where fewer than 2 sessions tell
    sessions: int  # that tell: those that measured a commit again, and the first one

    @property
    def known(self) -> bool:
        """Whether enough sessions tell to decide anything by it."""
        return self.sessions >= ENOUGH_SESSIONS and math.isfinite(self.sd)


def session_spread(spreads: Mapping[str, SessionSpread], benchmark: str) -> SessionSpread:
    """The spread of ``benchmark``, where enough sessions tell; else the largest of those that are known.

    A benchmark is no quieter than it looks because another one is: where its own sessions are too few, the
    noisiest one of which there are enough stands in. Where there is none, its own with ``known`` false.
    """
    own = spreads.get(benchmark, SessionSpread(math.nan, 0))
    if own.known:
        return own
    return max((each for each in spreads.values() if each.known), key=lambda each: each.sd, default=own)


def session_spreads(sessions: Iterable[Session]) -> dict[str, SessionSpread]:
    """Of each benchmark, pooled over commits about each commit's own mean.

    Every commit but one costs a session, so that ``sessions`` − 1 is the sd's degrees of freedom.
    """
    logs: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for session in sessions:
        for (commit, benchmark), median in session.items():
            logs[benchmark][commit].append(math.log(median))
    return {benchmark: _pooled(list(by_commit.values())) for benchmark, by_commit in logs.items()}


def _pooled(commits: list[list[float]]) -> SessionSpread:
    free = sum(len(values) - 1 for values in commits)
    if not free:
        return SessionSpread(math.nan, 1)
    squares = sum((value - mean) ** 2 for values in commits for mean in [fmean(values)] for value in values)
    return SessionSpread(math.sqrt(squares / free), free + 1)
