"""The gate: head against base in pairs of fresh processes, or against what was recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...kernels.threshold import Threshold
from .baseline import Baseline
from .counted import judge_counters
from .history import History
from .judgement import TIME, Judgement, Verdict
from .options import Options
from .report import GateReport, Side
from .roster import Roster, comparable, recorded_roster, settled
from .schedule import Pairs, Progress, Runner, SideName, run_alone, run_pairs
from .session import Session, some
from .since_accepted import since_accepted
from .since_recorded import judge_processes
from .suite import suite_change
from .timed import candidates, confirmed, judge_times
from .verdict import CHANGED


def gate_revisions(
    runner: Runner, history: History, base: Side, head: Side, options: Options, say: Progress
) -> GateReport:
    """What changed from base to head, measured now, side by side.

    Where nothing can be judged the report says why, and its exit code is 4. Raises NothingMeasuredError where
    neither side has a benchmark, other GateErrors where the two can't be compared.
    """
    session = Session(runner, history, options, say)
    before, after = session.count("base", "head")
    some([before, after])
    names = comparable(before, after)
    thresholds = session.thresholds(names, after)
    found, times = _times(session, thresholds)
    counters = _counters(session, names, before, after, ("base", "head"))
    told = {
        (each.benchmark, each.metric) for each in (*times, *counters) if each.verdict is Verdict.REGRESSION
    }
    crept, notes = since_accepted(session, base, found, thresholds, after, told)
    sound = [pairs for pairs in found.values() if not pairs.failure()]
    suite = suite_change([pairs.log_ratios()[: options.pairs] for pairs in sound])
    judgements = [*settled(before, after), *times, *counters, *crept]
    return session.report(base, head, judgements, found, after, suite, notes)


def gate_baseline(
    runner: Runner, history: History, baseline: Baseline, head: Side, options: Options, say: Progress
) -> GateReport:
    """What changed from ``baseline`` to head; only head's processes are run.

    Raises BaselineError for one of another machine, NothingMeasuredError as ``gate_revisions``.
    """
    session = Session(runner, history, options, say)
    (after,) = session.count("head")
    baseline.check(session.machine_class, session.counter_class, session.fingerprint)
    before = recorded_roster(baseline.processes, baseline.counters)
    some([after])
    names = comparable(before, after)
    times, found = _foreign(names, baseline), {}
    if baseline.times_on(session.machine_class, session.fingerprint):
        found = run_alone(session.passes, after.measured(), "first", options.pairs)
        thresholds = session.thresholds(names, after)
        times = judge_processes(session, baseline.processes, found, thresholds)
    counters, notes = [], []
    if baseline.counters_on(session.counter_class):
        counted = [name for name in names if name in before.counters]
        counters = _counters(session, counted, before, after, ("head",))
    elif baseline.counters:
        notes = [f"{baseline.label} counted under {baseline.counter_class}: its counters are not compared"]
    judgements = [*settled(before, after), *times, *counters]
    return session.report(baseline.side, head, judgements, found, after, notes=notes)


def record(runner: Runner, head: Side, options: Options, say: Progress, *, timed: bool = True) -> GateReport:
    """Head alone: its process medians and counters, judgements only of what has none.

    Without times where ``timed`` is not. ``of_report`` makes a baseline of it. Raises NothingMeasuredError
    where it has no benchmark.
    """
    session = Session(runner, History(), options, say)
    (after,) = session.count("head")
    some([after])
    found = run_alone(session.passes, after.measured(), "first", options.pairs) if timed else {}
    return session.report(head, head, after.unmeasured(), found, after)


def _times(session: Session, thresholds: Mapping[str, Threshold]) -> tuple[dict[str, Pairs], list[Judgement]]:
    """The first set of pairs, and the verdicts after what they say was asked once more."""
    deltas = {name: each.delta for name, each in thresholds.items()}
    noisy = frozenset(name for name, each in thresholds.items() if each.too_noisy)
    found = run_pairs(session.passes, deltas, "first", session.options, noisy)
    first = judge_times(found, thresholds)
    chosen = candidates(first)
    again = run_pairs(
        session.passes, {name: deltas[name] for name in chosen}, "confirmation", session.options, noisy
    )
    second = {each.benchmark: each for each in judge_times(again, thresholds)}
    return found, [
        confirmed(each, second[each.benchmark], len(first)) if each.benchmark in second else each
        for each in first
    ]


def _counters(
    session: Session, names: Sequence[str], before: Roster, after: Roster, sides: Sequence[SideName]
) -> list[Judgement]:
    """What is said of each counter; a change only where more processes of ``sides`` count it, too."""
    base, head = dict(before.counters), dict(after.counters)
    first = [each for name in names for each in judge_counters(name, base[name], head[name])]
    changed = list(dict.fromkeys(each.benchmark for each in first if each.verdict in CHANGED))
    again = session.count_again(changed, sides) if changed else {}
    for side, more in again.items():
        counters = base if side == "base" else head
        for name, processes in more.items():
            counters[name] = (*counters[name], *processes)
    return [each for name in names for each in judge_counters(name, base[name], head[name])]


def _foreign(names: list[str], baseline: Baseline) -> list[Judgement]:
    """What is said of times that were recorded elsewhere."""
    note = "recorded on another machine: only counters are compared"
    return [
        Judgement(name, TIME, Verdict.NOT_MEASURED, note=note) for name in names if name in baseline.processes
    ]
