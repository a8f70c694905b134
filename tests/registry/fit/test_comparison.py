"""What a question compares."""

from __future__ import annotations

from dataclasses import replace

from fitment.registry.answers import Estimate, Question
from fitment.registry.fit.comparison import Comparison, compare, hold

from tests.registry.fit.estimates import GROUP, QUESTION, failed, k, ok, stated


def compared(question: Question, *estimates: Estimate) -> Comparison:
    return compare(question, hold(GROUP, estimates))


def test_common_configurations() -> None:
    """Candidates are what runs in K*, in the order of hardware and configuration."""
    found = compared(
        QUESTION, ok("B", k(8), 1.0), ok("B", k(1), 1.0), ok("A", k(1), 1.0), failed("A", k(8), "oom_host")
    )
    assert found.decided == (k(1), k(8))
    assert [(e.hardware, e.configuration.batch) for e in found.compared] == [("A", 1), ("B", 1), ("B", 8)]
    assert found.freed is None


def test_hardware_that_runs_nothing_restricts_nothing() -> None:
    """Hardware without one success takes no part in K*."""
    found = compared(QUESTION, ok("A", k(1), 1.0), ok("B", k(1), 1.0), failed("C", k(64), "crashed"))
    assert found.decided == (k(1),)
    assert set(found.running) == {"A", "B"}


def test_freed_where_nothing_is_common() -> None:
    """Without a common configuration the candidates are one for each hardware."""
    found = compared(QUESTION, ok("A", k(1), 1.0), ok("A", k(8), 3.0), ok("B", k(64), 1.0))
    assert found.decided == ()
    assert [(e.hardware, e.configuration.batch) for e in found.compared] == [("A", 8), ("B", 64)]


def test_stacks_are_never_pooled() -> None:
    """A configuration that only an older stack of a hardware holds is not compared."""
    old = ok("A", k(8), 99.0, stack="old", torch="2.4.0")
    found = compared(QUESTION, ok("A", k(1), 1.0), old, ok("B", k(1), 1.0), ok("B", k(8), 1.0))
    assert old not in found.compared
    assert found.decided == (k(1),)


def test_env_speaks_for_its_hardware() -> None:
    """The environment asked for enters, though another stack is newer; other hardware is as usual."""
    old = ok("A", k(1), 5.0, stack="old", torch="2.4.0", env_id="e-old")
    estimates = (old, ok("A", k(1), 1.0), ok("B", k(1), 1.0))
    assert old not in compared(QUESTION, *estimates).compared
    found = compared(replace(QUESTION, env_id="e-old"), *estimates)
    assert [(e.hardware, e.throughput) for e in found.compared] == [("A", 5.0), ("B", 1.0)]


def test_the_stack_that_holds_what_is_asked() -> None:
    """Where only an older stack has measured the fixed axes, it speaks."""
    old = ok("A", k(8, "fp16"), 5.0, stack="old", torch="2.4.0")
    found = compared(replace(QUESTION, precision="fp16"), old, ok("A", k(8), 1.0))
    assert found.compared == (old,)


def test_memory_is_required_where_some_have_it() -> None:
    """Under --memory-constrained candidates without memory are dropped, and no longer restrict K*."""
    question = replace(QUESTION, memory_constrained=True)
    estimates = (ok("A", k(1), 1.0), ok("A", k(8), 1.0), stated("B", k(1), 9.0))
    found = compared(question, *estimates)
    assert set(found.running) == {"A"}
    assert found.decided == (k(1), k(8))
    assert set(compared(QUESTION, *estimates).running) == {"A", "B"}


def test_memory_that_nobody_has_is_not_required() -> None:
    """Where no candidate has memory, none is dropped for it."""
    found = compared(
        replace(QUESTION, memory_constrained=True), stated("A", k(1), 1.0), stated("B", k(1), 9.0)
    )
    assert set(found.running) == {"A", "B"}
    assert not found.memory_required
