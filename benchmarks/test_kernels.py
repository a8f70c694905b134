"""The kernels beside their rivals, one thread, in one run: the contests of tests/kernels/table.py.

The ratio of the medians is the claim; single figures depend on the machine.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.kernels.table import KERNELS, Contest

DEFAULT_ROWS = (1_000_000, 10_000_000)
CONTESTS = [
    pytest.param(name, contest, rows, contender, id=f"{contest.title}-{rows}-{contender}")
    for name, entry in KERNELS.items()
    for contest in entry.contests
    for rows in contest.rows or DEFAULT_ROWS
    for contender in ("fitment", *contest.rivals)
]


@pytest.mark.parametrize(("name", "contest", "rows", "contender"), CONTESTS)
def test_kernels(benchmark: Any, name: str, contest: Contest, rows: int, contender: str) -> None:
    """One contender of one contest."""
    arguments = contest.arguments(np.random.default_rng(0), rows)
    benchmark.group = f"{contest.title}, {rows:,} rows"
    if contender == "fitment":
        benchmark.pedantic(contest.run or KERNELS[name].kernel, args=arguments, rounds=5, warmup_rounds=1)
    else:
        rival = contest.rivals[contender]
        benchmark.pedantic(rival.run, args=(rival.prepare(*arguments),), rounds=5, warmup_rounds=1)
