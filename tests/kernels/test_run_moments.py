"""How rows that lie in runs are told from others; their moments are tested in test_moments.py."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.run_moments import LONGEST, SHORTEST, lies_in_runs, run_moments

NOTHING_LEFT_OUT = np.empty(0, np.int8)


@pytest.mark.parametrize(("length", "expected"), [(1, False), (8, False), (64, True), (5000, True)])
def test_runs_are_told_by_their_length(length: int, expected: bool) -> None:
    """Long runs are runs, short ones are not."""
    ids = np.repeat(np.arange(100_000 // length, dtype=np.int32), length)
    assert lies_in_runs(ids) == expected


def test_too_many_runs_are_given_up() -> None:
    """Rows of which every one is a run of its own are left to another way."""
    ids = np.arange(10 * SHORTEST, dtype=np.int32)
    assert run_moments(ids, (np.ones(ids.size),), ids.size, NOTHING_LEFT_OUT) is None


def test_parts_of_a_long_run_are_put_together() -> None:
    """A run of several parts has the moments of the whole."""
    x = np.random.default_rng(0).random(3 * LONGEST + 1)
    found = run_moments(np.zeros(x.size, np.int32), (x,), 1, NOTHING_LEFT_OUT)
    assert found is not None
    assert found.count[0, 0] == x.size
    assert found.squares[0, 0] == pytest.approx(((x - x.mean()) ** 2).sum(), rel=1e-13)
