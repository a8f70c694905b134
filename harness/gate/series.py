"""How one benchmark's figure went from run to run, and where its level changed for good."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from statistics import median

from .baseline import Baseline, of_report
from .errors import GateError
from .history import History
from .judgement import TIME

_SHOWN = 5


class SeriesError(GateError):
    """A benchmark or a figure that history doesn't know."""


@dataclass(frozen=True, slots=True)
class Point:
    """One run's figure of a benchmark: head's median, in seconds, or what a counter counts."""

    run: str
    at: str  # ISO 8601, UTC
    commit: str | None
    dirty: bool
    value: float
    level: float  # the median between the changes on both sides
    change: float | None  # where a new level begins: relative to the one before, 0.1 = 10 % more
    p_value: float | None  # of that change
    accepted: str | None  # the reason, where this run was accepted


def benchmark_of(history: History, asked: str) -> str:
    """The benchmark with that name, or the only one that has ``asked`` in its name.

    Raises SeriesError that names those that were meant, or come near.
    """
    names = list(dict.fromkeys(name for each in _baselines(history) for name in _names(each[1])))
    if asked in names:
        return asked
    if not names:
        raise SeriesError("nothing was measured yet: run the gate first, or name its folder with --store")
    found = [name for name in names if asked in name]
    if len(found) == 1:
        return found[0]
    if found:
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise SeriesError(f"{asked!r} is in {', '.join(found[:_SHOWN])}{more}: say more of the one you mean")
    raise SeriesError(f"no benchmark {asked[:100]!r} in this history: {_near(asked, names)}")


def series(history: History, benchmark: str, metric: str = TIME) -> dict[str, tuple[Point, ...]]:
    """The figures of ``benchmark`` by machine class (a counter's by counter class), oldest first.

    A level changes where E-divisive finds it at p ≤ .001 in the logarithms; one run far from the others
    changes none. Raises SeriesError for a metric that it has not.
    """
    reasons = {each.run: each.reason for each in history.acceptances}
    found: dict[str, list[tuple[str, Baseline, float]]] = defaultdict(list)
    others: set[str] = set()
    for run, baseline in _baselines(history):
        figures = _figures(baseline, benchmark)
        others |= set(figures)
        of_class = baseline.machine_class if metric == TIME else baseline.counter_class
        if metric in figures:
            found[of_class or "unknown machine"].append((run, baseline, figures[metric]))
    if not found:
        known = ", ".join(sorted(others)) or "no figure"
        raise SeriesError(f"no {metric[:60]!r} of {benchmark} in this history: there is {known}")
    return {name: tuple(_points(each, reasons)) for name, each in found.items()}


def _points(found: Sequence[tuple[str, Baseline, float]], reasons: Mapping[str, str]) -> Iterator[Point]:
    values = [value for _, _, value in found]
    changes = _changes(values)
    starts = [0, *changes]
    levels = [
        median(values[start:end]) for start, end in zip(starts, [*starts[1:], len(values)], strict=True)
    ]
    for index, (run, baseline, value) in enumerate(found):
        place = bisect_right(starts, index) - 1
        level, p_value = levels[place], changes.get(index)
        change = level / levels[place - 1] - 1.0 if p_value is not None and levels[place - 1] else None
        yield Point(
            run, baseline.at, baseline.commit, baseline.dirty, value, level, change, p_value, reasons.get(run)
        )


def _changes(values: Sequence[float]) -> dict[int, float]:
    """The p-value of each point at which a new level begins."""
    import numpy as np

    from ...kernels.change_points import change_points  # compiles: only who asks for a series pays for it

    logs = [math.log(value) if value > 0.0 else math.nan for value in values]
    found = change_points(np.array([0, len(logs)]), np.array(logs))
    return dict(zip(found.index.tolist(), found.p_value.tolist(), strict=True))


def _baselines(history: History) -> list[tuple[str, Baseline]]:
    """All runs and recordings by their ids, oldest first."""
    found = [(run.id, of_report(run, run.head.label)) for run in history.runs]
    found += [(each.id, each.baseline) for each in history.recordings]
    return sorted(found, key=lambda each: each[1].at)


def _names(baseline: Baseline) -> list[str]:
    return [*baseline.processes, *baseline.counters]


def _figures(baseline: Baseline, benchmark: str) -> dict[str, float]:
    times = baseline.processes.get(benchmark)
    return {**({TIME: median(times)} if times else {}), **baseline.counters.get(benchmark, {})}


def _near(asked: str, names: Sequence[str]) -> str:
    ends = {name.rpartition("::")[2]: name for name in names}
    near = get_close_matches(asked[:200], [*names, *ends], n=2, cutoff=0.5)
    meant = list(dict.fromkeys(ends.get(name, name) for name in near))
    if meant:
        return f"did you mean {' or '.join(meant)}?"
    return f"there are {', '.join(names[:_SHOWN])}{'…' if len(names) > _SHOWN else ''}"
