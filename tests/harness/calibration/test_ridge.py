from __future__ import annotations

from fitment.harness.calibration.ridge import best_bytes_per_s, operation, ridge
from fitment.registry.records import Ceiling


def test_the_ridge_is_where_the_roofs_meet() -> None:
    """2 TFLOP/s over 100 GB/s: from 20 operations a byte on, arithmetic is the limit."""
    assert ridge(Ceiling("fp32", operations_per_s=2e12), 1e11) == 20
    assert ridge(Ceiling("fp32"), 1e11) is None
    assert ridge(Ceiling("fp32", operations_per_s=2e12), None) is None


def test_the_memory_roof_is_the_devices() -> None:
    """A triad that computes slowly, or none at all, lowers no roof."""
    ceilings = [Ceiling("fp32", bytes_per_s=3e10), Ceiling("bf16", bytes_per_s=1e10), Ceiling("fp8")]
    assert best_bytes_per_s(ceilings) == 3e10
    assert best_bytes_per_s([Ceiling("fp8")]) is None


def test_whole_numbers_have_no_floating_point() -> None:
    """int8 does OP/s, not FLOP/s."""
    assert (operation("int8"), operation("fp8")) == ("OP", "FLOP")
