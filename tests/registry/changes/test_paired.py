from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from fitment.registry.answers import Estimate
from fitment.registry.changes.paired import paired

from tests.registry.fit.estimates import failed, k, ok


def of(stack: str, torch: str, batch: int, **fields: object) -> Estimate:
    made = ok("A", k(batch), 10.0, stack=stack, torch=torch, env_id=stack)
    return replace(made, **fields)  # type: ignore[arg-type]


def test_the_stack_that_both_ran_is_compared() -> None:
    """Also where each side has a newer one of its own."""
    first = [of("old", "2.1", 1), of("mine", "2.3", 1)]
    second = [of("old", "2.1", 1), of("yours", "2.4", 1)]
    found = paired(first, second)
    assert found.same_stack
    assert [e.stack for _, sides in found.pairs for e in sides if e] == ["old", "old"]


def test_without_one_each_side_has_its_own() -> None:
    """The newest of each, and it is seen that they differ."""
    found = paired([of("a", "2.1", 1), of("b", "2.2", 1)], [of("c", "2.4", 1)])
    assert not found.same_stack
    assert [stack.id for stack in (found.first, found.second) if stack] == ["b", "c"]


def test_the_environment_that_both_ran_is_compared() -> None:
    """Rather than the one with more runs on either side."""
    first = [of("s", "2.1", 1, env_id="x", n=9), of("s", "2.1", 1, env_id="y", n=2)]
    second = [of("s", "2.1", 1, env_id="z", n=9), of("s", "2.1", 1, env_id="y", n=3)]
    ((_, sides),) = paired(first, second).pairs
    assert [e.env_id for e in sides if e] == ["y", "y"]


def test_a_failure_decides_what_it_implies() -> None:
    """Out of memory at batch 8 decides batch 64 of the other side; what nothing decides is None."""
    first = [ok("A", k(1), 10.0, stack="s"), ok("A", k(64), 90.0, stack="s"), ok("A", k(2), 1.0, stack="s")]
    second = [ok("A", k(1), 10.0, stack="s"), failed("A", k(8), "oom_host", stack="s")]
    found = {k.batch: sides for k, sides in paired(first, second).pairs}
    assert [e.status for e in found[64] if e] == ["ok", "oom_host"]
    assert found[2][1] is None
    assert found[8][0] is None


def test_hardware_of_one_side() -> None:
    """The other side has no stack and no estimates."""
    found = paired([of("s", "2.1", 1)], [])
    assert (found.second, found.same_stack) == (None, False)
    assert found.pairs[0][1][1] is None


def test_order_changes_nothing() -> None:
    """Whatever the order of the estimates, the pairs are the same."""
    held = [of("s", "2.1", b, env_id=env, n=n) for b, env, n in ((1, "x", 1), (1, "y", 1), (2, "x", 3))]
    found = {paired(order, held).pairs for order in permutations(held)}
    assert len(found) == 1
