"""fitment.harness.protocol.throughput: blocks of steps that nobody waits for one by one."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from fitment.harness.meters.stopwatch import Stopwatch
from fitment.harness.profiles import PROFILES
from fitment.harness.protocol.throughput import (
    Blocks,
    measure_throughput,
    throughput_fields,
    throughput_pass,
)

from tests.harness.meters.fake_nvml import FakeNvml
from tests.harness.protocol.benches import Recorded
from tests.harness.protocol.fake_clock import watch_over

STANDARD, QUICK = PROFILES["standard"], PROFILES["quick"]


def test_blocks_are_as_long_as_the_profile_asks() -> None:
    """1 ms steps make blocks of a quarter second and a little more; even ones stop at the least number."""
    steps = itertools.count()
    times = (0.001 for _ in steps)
    blocks = measure_throughput(watch_over(times), STANDARD, 0.001)
    assert (len(blocks.seconds), blocks.stop_reason) == (STANDARD.min_blocks, "precision")
    assert next(steps) == 263 * STANDARD.min_blocks
    np.testing.assert_allclose(blocks.seconds, 0.001)


def test_a_device_that_overlaps_steps_gets_longer_blocks() -> None:
    """Steps that take a third of their latency when enqueued make no short block, but one of more steps."""
    steps = itertools.count()
    times = (0.001 for _ in steps)
    blocks = measure_throughput(watch_over(times), STANDARD, 0.003)
    assert len(blocks.seconds) == STANDARD.min_blocks
    assert next(steps) == 88 + 263 * STANDARD.min_blocks


def test_a_median_that_is_far_below_the_mean_makes_no_endless_blocks() -> None:
    """Steps that take twenty times what was expected get blocks of a twentieth of the steps."""
    blocks = measure_throughput(watch_over(itertools.repeat(0.02)), QUICK, 0.001)
    assert (len(blocks.seconds), blocks.stop_reason) == (8, "precision")


def test_least_number_of_blocks_is_no_proof_by_itself() -> None:
    """Quick's three blocks have no interval: it looks again at five and eight, which have one."""
    blocks = measure_throughput(watch_over(itertools.repeat(0.01)), QUICK, 0.01)
    assert (len(blocks.seconds), blocks.stop_reason) == (8, "precision")


def test_budget_cuts_the_least_number_of_blocks() -> None:
    """Steps longer than the budget are one block."""
    blocks = measure_throughput(watch_over(itertools.repeat(5.0)), QUICK, 5.0)
    assert (len(blocks.seconds), blocks.stop_reason) == (1, "budget")


def test_noise_goes_on_to_the_budget() -> None:
    """Blocks that never agree end with the budget."""
    rng = np.random.default_rng(3)
    times = (float(np.exp(rng.standard_normal())) * 0.1 for _ in itertools.count())
    tight = replace(QUICK, relative_half_width=1e-6)
    blocks = measure_throughput(watch_over(times), tight, 0.1)
    assert blocks.stop_reason == "budget"
    assert blocks.seconds.sum() >= QUICK.budget_s


def test_throughput_is_of_the_median_block() -> None:
    """Batch over the middle block's time per step: one slow block does not count; three have no interval."""
    assert throughput_fields(Blocks(np.array([0.1, 0.1, 9.0]), "budget"), 8) == {
        "throughput": pytest.approx(80),
        "throughput_low": None,
        "throughput_high": None,
        "throughput_stop_reason": "budget",
        "n_blocks": 3,
    }


def test_interval_of_the_throughput_is_that_of_the_blocks() -> None:
    """The slow bound of the time per step is the low bound of the throughput."""
    seconds = np.array([0.4, 0.1, 0.7, 0.2, 0.6, 0.3, 0.5])
    fields = throughput_fields(Blocks(seconds, "precision"), 14)
    assert fields["throughput_low"] == pytest.approx(20)
    assert fields["throughput"] == pytest.approx(35)
    assert fields["throughput_high"] == pytest.approx(140)


def test_a_flushed_cache_leaves_no_blocks() -> None:
    """Steps that are timed apart give the throughput by their latencies: no block is run or counted."""
    recorded = Recorded(FakeNvml())
    recorded.bench.draft.samples = np.array([0.4, 0.1, 0.7, 0.2, 0.6, 0.3, 0.5])
    flushed = Stopwatch(lambda: pytest.fail("a step ran"), lambda: None, flush=lambda: None)
    throughput_pass(replace(recorded.bench, watch=flushed), 0.4)
    fields = recorded.fields()
    assert fields["throughput"] == pytest.approx(1 / 0.4)
    assert fields["throughput_low"] == pytest.approx(1 / 0.7)
    assert fields["n_blocks"] is None
    assert fields["throughput_stop_reason"] is None
