"""K*: what all hardware has decided."""

from __future__ import annotations

from fitment.registry.answers import Estimate
from fitment.registry.fit.decided import decided, largest_without, undecided_on
from fitment.registry.fit.outcomes import Outcomes, outcomes

from tests.registry.fit.estimates import failed, k, ok


def hardware(**by_name: list[Estimate]) -> dict[str, Outcomes]:
    return {name: outcomes(es) for name, es in by_name.items()}


def test_only_what_all_have_tried() -> None:
    """A configuration that one has not measured is not common; one that failed there is."""
    held = hardware(
        A=[ok("A", k(b), 1.0) for b in (1, 8, 64)], B=[ok("B", k(1), 1.0), failed("B", k(8), "timeout")]
    )
    assert decided(held, {}) == (k(1), k(8))
    assert undecided_on(held, k(64)) == ["B"]


def test_an_oom_decides_larger_batches() -> None:
    """Out of memory at 8 makes 64, which the other ran, common."""
    held = hardware(
        A=[ok("A", k(b), 1.0) for b in (1, 8, 64)], B=[ok("B", k(1), 1.0), failed("B", k(8), "oom_device")]
    )
    assert decided(held, {}) == (k(1), k(8), k(64))


def test_within_the_fixed_axes() -> None:
    """Fixed axes restrict K*."""
    held = hardware(A=[ok("A", k(b), 1.0) for b in (1, 8)], B=[ok("B", k(b), 1.0) for b in (1, 8)])
    assert decided(held, {"batch": 8}) == (k(8),)


def test_common_failures_alone_compare_nothing() -> None:
    """Configurations on which everything failed are no K*."""
    held = hardware(
        A=[ok("A", k(1), 1.0), failed("A", k(8), "timeout")],
        B=[ok("B", k(2), 1.0), failed("B", k(8), "timeout")],
    )
    assert decided(held, {}) == ()


def test_who_stands_in_the_way() -> None:
    """The hardware whose absence makes most configurations common is named, with their number."""
    held = hardware(
        A=[ok("A", k(b), 1.0) for b in (1, 2, 4)],
        B=[ok("B", k(b), 1.0) for b in (1, 2)],
        C=[ok("C", k(4), 1.0)],
    )
    assert decided(held, {}) == ()
    assert largest_without(held, {}) == ("C", 2)


def test_nobody_alone_stands_in_the_way() -> None:
    """Where no single absence helps, or only one other would be left, nobody is named."""
    apart = hardware(A=[ok("A", k(1), 1.0)], B=[ok("B", k(2), 1.0)], C=[ok("C", k(4), 1.0)])
    assert largest_without(apart, {}) is None
    assert largest_without(hardware(A=[ok("A", k(1), 1.0)], B=[ok("B", k(2), 1.0)]), {}) is None
