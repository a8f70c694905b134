"""What is decided about one hardware."""

from __future__ import annotations

import pytest
from fitment.registry.fit.outcomes import decides, outcomes, runs
from fitment.registry.records import DECIDED_FAILURES, UNDECIDED_FAILURES

from tests.registry.fit.estimates import failed, k, ok


@pytest.mark.parametrize("status", ["oom_device", "oom_host", "skipped_bound"])
def test_one_oom_decides_larger_batches(status: str) -> None:
    """Out of memory at batch 8 decides 16 with all else equal, but neither 4 nor another precision."""
    h = outcomes([failed("A", k(8), status)])
    found = h.of(k(16))
    assert found is not None
    assert found.status == status
    assert h.of(k(4)) is None
    assert h.of(k(16, "bf16")) is None
    assert h.of(k(16, memory_format="channels_last")) is None


def test_oom_below_a_success_proves_nothing() -> None:
    """Where a larger batch ran, an OOM below it was an accident and decides no other batch."""
    h = outcomes([failed("A", k(8), "oom_host"), ok("A", k(16), 1.0)])
    assert h.of(k(32)) is None
    own = h.of(k(8))
    assert own is not None
    assert own.status == "oom_host"


def test_smallest_oom_is_the_bound() -> None:
    """Of several OOMs the smallest is named as the reason."""
    h = outcomes([failed("A", k(64), "oom_host"), failed("A", k(16), "oom_device")])
    found = h.of(k(32))
    assert found is not None
    assert found.configuration == k(16)


def test_unsupported_precision_decides_all_with_it() -> None:
    """One unsupported precision decides every batch and compile mode with it, and nothing else."""
    h = outcomes([failed("A", k(1, "int8_dynamic"), "unsupported_precision")])
    assert h.of(k(64, "int8_dynamic", "inductor")) is not None
    assert h.of(k(64, "fp32", "inductor")) is None


def test_unsupported_compile_mode_decides_all_with_it() -> None:
    """One unsupported compile mode decides every precision with it."""
    h = outcomes([failed("A", k(1, "fp32", "inductor"), "unsupported_compile")])
    assert h.of(k(8, "bf16", "inductor")) is not None
    assert h.of(k(8, "bf16", "eager")) is None


def test_what_ran_somewhere_is_supported() -> None:
    """A precision that ran in one mode is not unsupported in the others."""
    h = outcomes([failed("A", k(1, "bf16", "inductor"), "unsupported_precision"), ok("A", k(1, "bf16"), 1.0)])
    assert h.of(k(8, "bf16")) is None


def test_unsupported_device_decides_all() -> None:
    """A device that can't run the model has everything decided."""
    assert outcomes([failed("A", k(1), "unsupported_device")]).of(k(8, "bf16", "inductor")) is not None


def test_statuses_that_decide() -> None:
    """Every decided failure decides; other failures and a run without figures say nothing."""
    assert all(decides(failed("A", k(), status)) for status in DECIDED_FAILURES)
    assert not any(decides(failed("A", k(), status)) for status in UNDECIDED_FAILURES)
    quarantined = failed("A", k(), "ok")
    assert not runs(quarantined)
    assert not decides(quarantined)


@pytest.mark.parametrize("status", ["numerics_nan", "numerics_mismatch"])
def test_wrong_output_is_never_a_candidate(status: str) -> None:
    """A numerics failure keeps its speed and is no candidate."""
    e = ok("A", k(), 99.0, status=status)
    assert not runs(e)
    assert outcomes([e]).candidates() == []
