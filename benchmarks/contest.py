"""One kernel beside one rival: their answers are held against each other, then they take turns.

A machine that others share changes its pace from one second to the next. So each round times ours and then
theirs, and the ratio of a round is of two neighbours in time; the claim is the median of those ratios.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.kernels.agreement import assert_agree
from tests.kernels.inputs import Arguments
from tests.kernels.table import Contest, Rival

FEWEST, MOST, BUDGET_S = 5, 25, 6.0  # rounds, and the time that they may take where that is more than a few


def compete(
    benchmark: Any, contest: Contest, kernel: Callable[..., Any], arguments: Arguments, name: str, rows: int
) -> None:
    """Times ``contest.rivals[name]`` by the fixture ``benchmark``, and ours before each of its rounds.

    What pytest-benchmark stores of it has all that ``benchmarks/tables.py`` prints. Raises AssertionError
    where the two disagree, at the very rows that would be timed.
    """
    rival = contest.rivals[name]
    prepared = rival.prepare(*arguments)
    once_s = _agree(kernel, rival, arguments, prepared, contest.rtol)
    ours_s: list[float] = []

    def our_turn() -> None:
        started = time.perf_counter()
        kernel(*arguments)
        ours_s.append(time.perf_counter() - started)

    benchmark.group = f"{contest.title}, {rows:,} rows"
    rounds = max(FEWEST, min(MOST, round(BUDGET_S / once_s)))
    benchmark.pedantic(rival.run, args=(prepared,), setup=our_turn, rounds=rounds)
    benchmark.extra_info |= {
        "title": contest.title,
        "rows": rows,
        "rival": name,
        "goal": contest.goal,
        "least": contest.goals.get(name),
        "ours_s": ours_s,
    }


def _agree(
    kernel: Callable[..., Any], rival: Rival, arguments: Arguments, prepared: Any, rtol: float
) -> float:
    """The seconds that both took together to give one answer; also the warm-up of both."""
    started = time.perf_counter()
    ours, theirs = kernel(*arguments), rival.run(prepared)
    seconds = time.perf_counter() - started
    if rival.answers:
        assert_agree(ours, theirs, rtol, where="ours against theirs")
    return seconds
