"""What earlier runs of the gate say about this machine: how benchmarks move when nothing has changed."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from .baseline import Baseline
from .judgement import TIME, Judgement, Verdict
from .report import GateReport
from .session_spread import Session, SessionSpread, session_spread, session_spreads


@dataclass(frozen=True, slots=True)
class Accepted:
    """A run that somebody took for the new normal."""

    run: str  # its id
    reason: str
    who: str
    at: str  # ISO 8601, UTC
    baseline: Baseline


@dataclass(frozen=True, slots=True)
class Recording:
    """A baseline that was recorded: a session without a verdict."""

    id: str  # 8 hex digits
    name: str | None  # of the store's baselines; None where it went to a file only
    baseline: Baseline


@dataclass(frozen=True)
class History:
    """All that a store keeps, oldest first."""

    runs: tuple[GateReport, ...] = ()
    recordings: tuple[Recording, ...] = ()
    acceptances: tuple[Accepted, ...] = ()

    def estimates(self, benchmark: str, metric: str, of_class: str) -> tuple[float, ...]:
        """The final estimates (ln head / base) of this metric where it passed or was compared with itself.

        Of runs against a revision: what moves between sessions is no part of them. ``of_class`` is the
        machine class for TIME, the counter class for a counter. Oldest first, one a run.
        """
        return tuple(self._estimates.get((benchmark, metric, of_class), ()))

    def session_spread(self, benchmark: str, machine_class: str) -> SessionSpread:
        """How far the same code's times lie apart between sessions on this machine class."""
        return session_spread(self._spreads.get(machine_class, {}), benchmark)

    def accepted(self, machine_class: str | None = None) -> Accepted | None:
        """The last acceptance on this machine class, else the last on any; None where there is none."""
        here = [each for each in self.acceptances if each.baseline.machine_class == machine_class]
        found = here or self.acceptances
        return found[-1] if found else None

    @cached_property
    def _estimates(self) -> Mapping[tuple[str, str, str], list[float]]:
        found: dict[tuple[str, str, str], list[float]] = defaultdict(list)
        for run in self.runs:
            for each in run.judgements if not run.base.recorded else ():
                if each.estimate is not None and math.isfinite(each.estimate) and _unchanged(run, each):
                    of_class = run.machine_class if each.metric == TIME else run.counter_class
                    found[each.benchmark, each.metric, of_class].append(each.estimate)
        return dict(found)

    @cached_property
    def _spreads(self) -> Mapping[str, Mapping[str, SessionSpread]]:
        sessions: dict[str, list[Session]] = defaultdict(list)
        for machine_class, session in self._sessions():
            sessions[machine_class].append(session)
        return {machine_class: session_spreads(each) for machine_class, each in sessions.items()}

    def _sessions(self) -> Iterator[tuple[str, Session]]:
        """Each session's machine class, and its median times of clean commits."""
        for run in self.runs:
            yield run.machine_class, _medians(run)
        for each in self.recordings:
            if each.baseline.machine_class is not None:
                yield each.baseline.machine_class, _recorded(each.baseline)


def compared_with_itself(run: GateReport) -> bool:
    """Whether both sides of ``run`` were the same code: an A/A run."""
    base, head = run.base, run.head
    return base.commit is not None and base.commit == head.commit and not (base.dirty or head.dirty)


def _unchanged(run: GateReport, judgement: Judgement) -> bool:
    return judgement.verdict is Verdict.PASS or compared_with_itself(run)


def _medians(run: GateReport) -> Session:
    """Of the clean commits that a run measured; where both sides are the same one, of head."""
    found: dict[tuple[str, str], float] = {}
    for each in run.judgements:
        if each.metric == TIME:
            for side, middle in ((run.base, each.base), (run.head, each.head)):
                if side.commit is not None and not (side.dirty or side.recorded) and middle:
                    found[side.commit, each.benchmark] = middle
    return found


def _recorded(baseline: Baseline) -> Session:
    if baseline.commit is None or baseline.dirty:
        return {}
    return {(baseline.commit, name): median(times) for name, times in baseline.processes.items() if times}
