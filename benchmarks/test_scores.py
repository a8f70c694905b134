"""Scoring many groups: the compiled kernel beside its rivals, one thread, in one run.

The ratio of the medians is the claim; single figures depend on the machine.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.kernels.table import KERNELS, matrix

ROWS = 200_000
CONTESTS = [
    (name, contender)
    for name, entry in KERNELS.items()
    if entry.rivals
    for contender in ("kernel", *entry.rivals)
]


@pytest.mark.parametrize(("name", "contender"), CONTESTS)
def test_scores(benchmark: Any, name: str, contender: str) -> None:
    """Suitability of 200,000 candidates in groups of 20 on average."""
    entry = KERNELS[name]
    arguments = matrix(np.random.default_rng(0), ROWS)
    contestant = entry.comparable if contender == "kernel" else entry.rivals[contender]
    benchmark.group = f"{name}, {ROWS:,} candidates"
    found = benchmark.pedantic(contestant, args=arguments, rounds=5, warmup_rounds=1)
    assert found.shape == (ROWS,)
