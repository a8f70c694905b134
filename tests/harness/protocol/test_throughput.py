"""fitment.harness.protocol.throughput: blocks of steps that nobody waits for one by one."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from fitment.harness.profiles import PROFILES
from fitment.harness.protocol.throughput import measure_throughput, throughput_fields

from tests.harness.protocol.fake_clock import watch_over

STANDARD, QUICK = PROFILES["standard"], PROFILES["quick"]


def test_blocks_are_as_long_as_the_profile_asks() -> None:
    """1 ms steps make blocks of 250; even ones stop at the least number of blocks."""
    steps = itertools.count()
    times = (0.001 for _ in steps)
    blocks = measure_throughput(watch_over(times), STANDARD, 0.001)
    assert len(blocks) == STANDARD.min_blocks
    assert next(steps) == 250 * STANDARD.min_blocks
    np.testing.assert_allclose(blocks, 0.001)


def test_least_number_of_blocks_is_no_proof_by_itself() -> None:
    """Quick's three blocks have no interval: it looks again at five and eight, which have one."""
    assert len(measure_throughput(watch_over(itertools.repeat(0.01)), QUICK, 0.01)) == 8


def test_budget_cuts_the_least_number_of_blocks() -> None:
    """Steps longer than the budget are one block."""
    assert len(measure_throughput(watch_over(itertools.repeat(5.0)), QUICK, 5.0)) == 1


def test_noise_goes_on_to_the_budget() -> None:
    """Blocks that never agree end with the budget."""
    rng = np.random.default_rng(3)
    times = (float(np.exp(rng.standard_normal())) * 0.1 for _ in itertools.count())
    tight = replace(QUICK, relative_half_width=1e-6)
    blocks = measure_throughput(watch_over(times), tight, 0.1)
    assert blocks.sum() >= QUICK.budget_s


def test_throughput_is_of_the_median_block() -> None:
    """Batch over the middle block's time per step: one slow block does not count."""
    assert throughput_fields(np.array([0.1, 0.1, 9.0]), 8) == {"throughput": pytest.approx(80), "n_blocks": 3}
