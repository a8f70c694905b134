"""A comparison of two stacks to format."""

from __future__ import annotations

from fitment.registry.answers import Noise
from fitment.registry.changes.stack_change import StackComparison, stack_comparison
from fitment.registry.changes.stack_names import HeldStack

from tests.registry.fit.estimates import k, ok

OLD, NEW = (
    HeldStack("A", name, torch, "12.4", None, (name,)) for name, torch in (("o", "2.1"), ("n", "2.4"))
)


def comparison() -> StackComparison:
    """Sixty batches 5 % faster, a dozen three times as fast."""
    pairs = [(b, 1.05 + 0.001 * (b % 7)) for b in range(1, 61)] + [(b, 3.0 + 0.1 * b) for b in range(61, 73)]
    held = [ok("A", k(b), 10.0, stack="o") for b, _ in pairs]
    held += [ok("A", k(b), 10.0 * ratio, stack="n") for b, ratio in pairs]
    return stack_comparison(held, OLD, NEW, Noise())
