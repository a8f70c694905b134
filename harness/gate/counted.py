"""What counters of one call say: bytes, allocations, launches, instructions. However busy the machine is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from .judgement import Judgement, Verdict
from .options import COUNTER_CHANGE

Counts = Sequence[Mapping[str, float]]  # the counters of one benchmark in each process of a side


def judge_counters(benchmark: str, base: Counts, head: Counts) -> list[Judgement]:
    """A judgement of each counter that either side has, by name."""
    names = sorted({name for process in (*base, *head) for name in process})
    return [judge_counter(benchmark, name, _each(name, base), _each(name, head)) for name in names]


def judge_counter(
    benchmark: str, name: str, base: Sequence[float], head: Sequence[float], delta: float = COUNTER_CHANGE
) -> Judgement:
    """Whether a counter grew by more than δ. One value for each process of a side, NaN = not counted.

    Processes of one side that differ by more than δ count something that is no property of the code: too
    noisy. From 0 to anything is a regression, as no share of nothing is tolerated.
    """
    for side, values in (("base", base), ("head", head)):
        if not values or not all(math.isfinite(value) and value >= 0.0 for value in values):
            note = f"not counted on {side}" + (" in each process" if len(values) > 1 else "")
            return Judgement(benchmark, name, Verdict.NOT_MEASURED, delta, note=note)
    before, after = _middle(base), _middle(head)
    verdict, said = _verdict(before, after, delta), _from_none(before, after)
    for side, values in (("base", base), ("head", head)):
        if max(values) > min(values) * (1.0 + delta):
            verdict = Verdict.TOO_NOISY
            said = f"two processes of {side} counted {min(values):,.0f} and {max(values):,.0f}"
    change, processes = _change(before, after), min(len(base), len(head))
    return Judgement(
        benchmark, name, verdict, delta, change, change, change, processes, before, after, note=said
    )


def middle_counters(processes: Counts) -> dict[str, float]:
    """The mean of each counter over the processes of a side, where each of them has it."""
    names = set.intersection(*(set(process) for process in processes)) if processes else set()
    return {name: _middle([process[name] for process in processes]) for name in sorted(names)}


def _each(name: str, processes: Counts) -> list[float]:
    return [process.get(name, math.nan) for process in processes]


def _verdict(before: float, after: float, delta: float) -> Verdict:
    if after > before * (1.0 + delta):  # from 0, anything
        return Verdict.REGRESSION
    return Verdict.IMPROVEMENT if after * (1.0 + delta) < before else Verdict.PASS


def _from_none(before: float, after: float) -> str | None:
    return f"from none to {after:,.0f}" if before == 0.0 < after else None


def _change(before: float, after: float) -> float | None:
    """ln(after / before); None where one of them is 0 and the other is not."""
    if before == after:
        return 0.0
    return math.log(after) - math.log(before) if before and after else None


def _middle(values: Sequence[float]) -> float:
    return sum(values) / len(values)
