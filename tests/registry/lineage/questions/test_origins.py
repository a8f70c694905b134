from __future__ import annotations

import pytest
from fitment.registry.lineage.ecosystem import Ecosystem
from fitment.registry.lineage.questions.origins import Roots, roots
from fitment.registry.lineage.questions.standing import canonical

from tests.registry.lineage.small import ecosystem


def told(made: Ecosystem, found: Roots) -> tuple[list[str], list[int], str]:
    return made.names.of(found.models), found.hops.tolist(), made.names[found.canonical]


def test_roots_above_a_model_the_nearest_first() -> None:
    """near is one step up, far two; the older is the canonical one; a view leaves one of them."""
    made = ecosystem(
        "near>m:merge far>mid mid>m",
        {"near": {"created": "2024-05-01"}, "far": {"created": "2023-01-01"}},
    )
    assert told(made, roots(made, "m")) == (["near", "far"], [1, 2], "far")
    assert told(made, roots(made, "m", view="merge")) == (["near"], [1], "near")


def test_a_model_without_parents_is_its_own_root() -> None:
    """Also with a self-loop; by no edge."""
    made = ecosystem("a>a a>b")
    assert told(made, roots(made, "a")) == (["a"], [0], "a")
    assert roots(made, "a").edges.tolist() == [-1]
    assert told(made, roots(made, "b")) == (["a"], [1], "a")


def test_each_member_of_a_cycle_without_parents_is_a_root() -> None:
    """Of a cycle with a parent none is."""
    founded, led = ecosystem("x>y y>x y>z"), ecosystem("r>x x>y y>x")
    assert told(founded, roots(founded, "z")) == (["y", "x"], [1, 2], "x")
    assert told(led, roots(led, "x")) == (["r"], [1], "r")


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ({"b": {"created": "2024-01-01"}}, "b"),  # who says nothing is last
        ({"a": {"downloads": 1.0}, "b": {"downloads": 2.0}}, "b"),
        ({"b": {"downloads": 0.0}}, "b"),
        ({}, "a"),
        ({"a": {"created": "2024-01-02", "downloads": 9.0}, "b": {"created": "2024-01-01"}}, "b"),
        ({"a": {"created": "1969-01-02"}, "b": {"created": "1970-01-01"}}, "a"),
    ],
)
def test_the_canonical_root(said: dict[str, dict[str, object]], first: str) -> None:
    """The oldest, then the most downloaded, then the first by name."""
    made = ecosystem("a>c b>c", said)
    assert made.names[canonical(made, roots(made, "c").models)] == first
    assert made.names[made.structure.root[2]] == first
