"""One software stack speaks for a hardware."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fitment.registry.answers import Estimate, Evidence
from fitment.registry.fit import stacks

from tests.registry.fit.estimates import failed, k, ok


def of(name: str, torch: str | None, *batches: int, here: bool = False) -> list[Estimate]:
    """A stack's estimates, at these batches."""
    tier = "measured here" if here else "imported"
    return [
        ok("A", k(b), 1.0, stack=name, env_id=f"{name} env", torch=torch, evidence=Evidence(tier, "", ()))
        for b in batches
    ]


def first(*estimates: Estimate) -> str:
    return stacks.stacks(estimates)[0].id


def test_measured_here_speaks_first() -> None:
    """What this machine measured goes before newer torch elsewhere."""
    assert first(*of("here", "2.10.0", 1, here=True), *of("there", "2.13.0", 1, 2, 3)) == "here"


def test_then_the_newest_torch() -> None:
    """Versions are compared as numbers: 2.10 is newer than 2.9, and an unknown one is the oldest."""
    assert (
        first(*of("old", "2.9.1", 1, 2), *of("new", "2.10.0+cu130", 1), *of("unknown", None, 1, 2, 3))
        == "new"
    )


def test_then_the_most_configurations() -> None:
    """Of two stacks with one torch the fuller one speaks."""
    assert first(*of("small", "2.9.0", 1), *of("large", "2.9.0", 1, 2)) == "large"


def test_a_stack_that_decides_nothing_has_no_voice() -> None:
    """A stack whose every run failed for reasons of its own machine is not measured."""
    broken = failed(
        "A", k(), "device_fault", stack="broken", torch="9.0", evidence=Evidence("measured here", "", ())
    )
    assert [s.id for s in stacks.stacks([broken, *of("sound", "2.9.0", 1)])] == ["sound"]


def test_within_a_stack_the_most_runs_win() -> None:
    """Each configuration takes the environment with the most ok runs; equals are settled by name."""
    a, b, c = (
        ok("A", k(), t, env_id=e, n=n, n_tried=n)
        for t, e, n in ((1.0, "e1", 2), (2.0, "e2", 3), (3.0, "e0", 2))
    )
    assert stacks.by_configuration([a, b, c]) == {k(): b}
    assert stacks.by_configuration([a, c]) == stacks.by_configuration([c, a]) == {k(): c}


def test_a_success_stands_before_a_failure() -> None:
    """An environment where it ran goes before one where it failed, however often that was tried."""
    oom = failed("A", k(), "oom_host", env_id="e0", n_tried=9)
    ran = ok("A", k(), 1.0, env_id="e1")
    assert stacks.by_configuration([oom, ran]) == {k(): ran}


@pytest.mark.parametrize(
    ("version", "expected"),
    [("2.13.0+cpu", (2, 13, 0)), ("2.10.0a0+git1", (2, 10, 0)), (None, ()), ("nightly", ())],
)
def test_release(version: str | None, expected: tuple[int, ...]) -> None:
    """A version is its leading numbers."""
    assert stacks.release(version) == expected


def test_minor() -> None:
    """The minor version is what mismatches are judged by."""
    assert stacks.minor("2.13.1+cpu") == "2.13"
    assert stacks.minor(None) is None


def test_order_of_estimates_changes_nothing() -> None:
    """Two stacks that are equal in every respect are settled by their id."""
    a, b = of("a", "2.9.0", 1), of("b", "2.9.0", 1)
    assert first(*a, *b) == first(*b, *a)
    assert replace(a[0], env_id="x").stack == "a"
