"""What earlier runs of the gate say about this machine: how benchmarks move when nothing has changed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from .baseline import Baseline
from .judgement import TIME, Judgement, Verdict
from .report import GateReport
from .session_spread import SessionSpread, session_spread


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


@dataclass(frozen=True, slots=True)
class History:
    """All that a store keeps, oldest first."""

    runs: tuple[GateReport, ...] = ()
    recordings: tuple[Recording, ...] = ()
    acceptances: tuple[Accepted, ...] = ()

    def estimates(self, benchmark: str, metric: str, of_class: str) -> tuple[float, ...]:
        """The final estimates (ln head / base) of this metric where it passed or was compared with itself.

        ``of_class`` is the machine class of TIME, the counter class of a counter. Oldest first, one a run.
        """
        return tuple(
            judgement.estimate
            for run in self.runs
            if of_class == (run.machine_class if metric == TIME else run.counter_class)
            for judgement in run.judgements
            if (judgement.benchmark, judgement.metric) == (benchmark, metric)
            if _unchanged(run, judgement)
            if judgement.estimate is not None and math.isfinite(judgement.estimate)
        )

    def session_spread(self, benchmark: str, machine_class: str) -> SessionSpread:
        """How far the same code's times lie apart between sessions on this machine class."""
        return session_spread(self.sessions(machine_class), benchmark)

    def sessions(self, machine_class: str) -> tuple[Mapping[tuple[str, str], float], ...]:
        """For each session on this machine class: (commit, benchmark) → the median time, seconds."""
        told = [(run.at, _medians(run)) for run in self.runs if run.machine_class == machine_class]
        told += [
            (each.baseline.at, _recorded(each.baseline))
            for each in self.recordings
            if each.baseline.machine_class == machine_class
        ]
        return tuple(medians for _, medians in sorted(told, key=lambda session: session[0]) if medians)

    def accepted(self, machine_class: str | None = None) -> Accepted | None:
        """The last acceptance on this machine class, else the last on any; None where there is none."""
        here = [each for each in self.acceptances if each.baseline.machine_class == machine_class]
        return (here or list(self.acceptances) or [None])[-1]


def compared_with_itself(run: GateReport) -> bool:
    """Whether both sides of ``run`` were the same code: an A/A run."""
    sides = run.base, run.head
    return (
        run.base.commit is not None and run.base.commit == run.head.commit and not any(s.dirty for s in sides)
    )


def _unchanged(run: GateReport, judgement: Judgement) -> bool:
    return judgement.verdict is Verdict.PASS or compared_with_itself(run)


def _medians(run: GateReport) -> dict[tuple[str, str], float]:
    """Of the clean commits of a run; where both sides are the same commit, of head."""
    found: dict[tuple[str, str], float] = {}
    for judgement in run.judgements:
        if judgement.metric != TIME:
            continue
        for side, middle in ((run.base, judgement.base), (run.head, judgement.head)):
            if side.commit is not None and not side.dirty and middle:
                found[side.commit, judgement.benchmark] = middle
    return found


def _recorded(baseline: Baseline) -> dict[tuple[str, str], float]:
    if baseline.commit is None or baseline.dirty:
        return {}
    return {(baseline.commit, name): median(each) for name, each in baseline.processes.items() if each}
