"""What a report says in words: shared by the terminal's table and the Markdown of a pull request."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ...registry import units
from .history import compared_with_itself
from .judgement import SINCE, TIME, Judgement, Verdict
from .report import GateReport, Side

COLUMNS = ("verdict", "benchmark", "base", "head", "change", "99% interval", "tolerated", "pairs")
FIGURES = frozenset(COLUMNS[2:])
NAMED = 2  # benchmarks that one note is said of by name
_PLURAL = {Verdict.REGRESSION: "regressions", Verdict.IMPROVEMENT: "improvements"}
_SHOUTED = frozenset({Verdict.REGRESSION, Verdict.ERRORED})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    verdict: Verdict
    cells: tuple[str, ...]


def headline(report: GateReport) -> str:
    """What was compared, and where."""
    return f"{_side(report.base)} → {_side(report.head)} on {report.machine_class}"


def rows(report: GateReport) -> Iterator[Row]:
    """The lines that a reader needs: all times, and of counters those that don't pass."""
    for each in report.judgements:
        if each.metric == TIME or each.verdict is not Verdict.PASS:
            yield Row(each.verdict, _cells(each))


def quiet_counters(report: GateReport) -> str | None:
    """How many counters pass, which ``rows`` leaves out; None without any."""
    names = [
        each.metric for each in report.judgements if each.metric != TIME and each.verdict is Verdict.PASS
    ]
    if not names:
        return None
    kinds = ", ".join(f"{count} of {spoken(name)}" for name, count in Counter(names).items())
    return f"counters that pass: {kinds}"


def suite(report: GateReport) -> str | None:
    """The geometric mean of all changes of time; None for fewer than two."""
    if report.suite is None or report.suite.benchmarks < 2:
        return None
    found = report.suite
    within = interval(found.low, found.high)
    return (
        f"all times together, in the first pairs of each: {change(found.estimate)}"
        f"{f' ({within})' if within else ''}, geometric mean of {found.benchmarks}"
    )


def summary(report: GateReport) -> str:
    """``"1 regression, 2 inconclusive, 9 pass"``: how many benchmarks, by the worst of their metrics."""
    worst: dict[str, Verdict] = {}
    order = list(Verdict)
    for each in report.judgements:
        before = worst.get(each.benchmark, Verdict.PASS)
        worst[each.benchmark] = min(before, each.verdict, key=order.index)
    counts = Counter(worst.values())
    spoken_counts = [
        f"{counts[verdict]} {_PLURAL.get(verdict, verdict) if counts[verdict] > 1 else verdict}"
        for verdict in order
        if verdict in counts
    ]
    return ", ".join(spoken_counts) or "no benchmark"


def remarks(report: GateReport) -> Iterator[str]:
    """What is to be said of benchmarks, each note once, and of the run: one line each."""
    by_note: dict[str, list[str]] = {}
    for each in report.judgements:
        if each.note:
            of_counter = "" if each.metric == TIME else f" {spoken(each.metric)}"
            by_note.setdefault(each.note, []).append(f"{each.benchmark}{of_counter}")
    for note, names in by_note.items():
        others = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        yield f"{', '.join(names[:NAMED])}{others}: {note}"
    if compared_with_itself(report):
        yield "both sides are the same commit: name another base to judge a change"
    yield from report.notes


def advice(report: GateReport) -> Iterator[str]:
    """What to do next, one line each."""
    verdicts = {each.verdict for each in report.judgements}
    if Verdict.REGRESSION in verdicts:
        accept = report.accept_by or f"fitment gate accept {report.id} --reason '...'"
        yield f"if it is meant: {accept} takes this run as the baseline"
    if Verdict.INCONCLUSIVE in verdicts:
        more = " or raise the number of pairs" if not report.base.recorded else ""
        yield f"to decide what is inconclusive: quiet the machine{more}; counters need neither"
    if Verdict.TOO_NOISY in verdicts:
        yield "to gate what is too noisy: make it longer, or repeat the same work in each call"
    if Verdict.NEW in verdicts:
        yield "a new benchmark is gated from the next base on that has it"


def change(estimate: float | None) -> str:
    """ln(head / base) as people say it: ``+10.4%``, ``−0.3%``; from a factor of 3 on ``×4.2``."""
    if estimate is None or not math.isfinite(estimate):
        return units.ABSENT
    if abs(estimate) >= math.log(3.0):
        return f"×{units.number(math.exp(min(estimate, 700.0)))}"
    return f"{100.0 * math.expm1(estimate):+.1f}%".replace("-", "−")


def interval(low: float | None, high: float | None) -> str:
    """Both limits as ``change`` says them; empty without them."""
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return f"{change(low)} … {change(high)}"


def amount(metric: str, value: float | None) -> str:
    """A time, a size, or a plain count."""
    metric = metric.removesuffix(SINCE)
    if metric == TIME:
        return units.seconds(value)
    return units.size(value) if metric.endswith("_bytes") else units.number(value)


def spoken(metric: str) -> str:
    """``"allocated bytes"``."""
    return metric.replace("_", " ")


def shouted(verdict: Verdict) -> str:
    """The verdict, in capitals where somebody has to act."""
    return verdict.upper() if verdict in _SHOUTED else str(verdict)


def _side(side: Side) -> str:
    commit = f" ({side.commit[:8]})" if side.commit and not side.commit.startswith(side.label) else ""
    return f"{side.label}{commit}{', recorded' if side.recorded else ''}{' + changes' if side.dirty else ''}"


def _cells(each: Judgement) -> tuple[str, ...]:
    of_counter = "" if each.metric == TIME else f" {spoken(each.metric)}"
    return (
        shouted(each.verdict),
        each.benchmark + of_counter,
        amount(each.metric, each.base),
        amount(each.metric, each.head),
        change(each.estimate),
        interval(each.low, each.high),
        "" if each.delta is None else f"{100.0 * each.delta:.2g}%",
        str(each.pairs) if each.pairs else "",
    )
