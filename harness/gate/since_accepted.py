"""What crept in since the last accepted run, in steps each of which was too small for a gate."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace

from ...kernels.threshold import Threshold
from .baseline import Baseline
from .counted import judge_counters
from .history import Accepted
from .judgement import DECIDED, SINCE, TIME, Judgement, Verdict
from .report import Side
from .roster import Roster
from .schedule import Pairs
from .session import Session
from .since_recorded import judge_processes

Told = Set[tuple[str, str]]  # benchmark and metric


def since_accepted(
    session: Session,
    base: Side,
    found: Mapping[str, Pairs],
    thresholds: Mapping[str, Threshold],
    after: Roster,
    told: Told = frozenset(),
) -> tuple[list[Judgement], list[str]]:
    """The regressions against the last accepted run of this machine, and a line on what was compared.

    Those of ``told`` are regressions against base already. Nothing where no run was accepted, or where that
    run is of ``base``, to which pairs compare better.
    """
    accepted = session.history.accepted(session.machine_class)
    if accepted is None or _is_of(accepted.baseline, base):
        return [], []
    baseline, judged = accepted.baseline, []
    if baseline.times_on(session.machine_class, session.fingerprint):
        others = {name: pairs for name, pairs in found.items() if (name, TIME) not in told}
        judged += judge_processes(session, baseline.processes, others, thresholds, TIME + SINCE)
    if baseline.counters_on(session.counter_class):
        judged += _counters(baseline.counters, after, told)
    crept = [_explained(each, accepted) for each in judged if each.verdict is Verdict.REGRESSION]
    decided = sum(each.verdict in DECIDED for each in judged)
    line = f"since the accepted run {accepted.run} of {accepted.at[:10]}: {len(crept)} regressed"
    return crept, [f"{line}, {decided} of {len(judged)} comparisons could be decided"]


def _is_of(accepted: Baseline, base: Side) -> bool:
    """Whether it is of base's very code; base is a commit as it is."""
    return base.commit is not None and accepted.commit == base.commit and not accepted.dirty


def _counters(recorded: Mapping[str, Mapping[str, float]], after: Roster, told: Told) -> list[Judgement]:
    """The counters that both have, as metrics of their own."""
    judged = [
        each
        for name in recorded
        if name in after.counters
        for each in judge_counters(name, (recorded[name],), after.counters[name])
        if each.verdict is not Verdict.NOT_MEASURED and (name, each.metric) not in told
    ]
    return [replace(each, metric=each.metric + SINCE) for each in judged]


def _explained(found: Judgement, accepted: Accepted) -> Judgement:
    note = (
        f"against the accepted run {accepted.run}: where it is meant, take it for normal with "
        "`fitment gate accept`"
    )
    return replace(found, note=f"{found.note}; {note}" if found.note else note)
