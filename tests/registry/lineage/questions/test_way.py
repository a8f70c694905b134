from __future__ import annotations

import pytest
from fitment.registry.lineage.ecosystem import Ecosystem
from fitment.registry.lineage.questions.way import Path, path

from tests.registry.lineage.small import ecosystem


def told(made: Ecosystem, way: Path) -> tuple[list[str], list[str]]:
    edges = made.edges
    ends = [f"{made.names[edges.parent[each]]}>{made.names[edges.child[each]]}" for each in way.edges]
    return made.names.of(way.models), ends


def test_the_shortest_way_down_whichever_is_asked_first() -> None:
    """From a to d over c is shorter than over b1 and b2; asked the other way round it is the same way."""
    made = ecosystem("a>b1 b1>b2 b2>d a>c c>d")
    down, up = path(made, "a", "d"), path(made, "d", "a")
    assert told(made, down) == told(made, up) == (["a", "c", "d"], ["a>c", "c>d"])
    assert (down.direction, up.direction) == ("down", "up")


def test_a_view_takes_the_longer_way_or_none() -> None:
    """Without merges the short way is cut; along merges alone there is none."""
    made = ecosystem("a>b b>c a>c:merge")
    assert told(made, path(made, "a", "c", view="no-merge")) == (["a", "b", "c"], ["a>b", "b>c"])
    assert not path(made, "b", "c", view="merge").models.size


def test_in_a_cycle_the_shorter_direction_wins() -> None:
    """Of a>b>c>a: from a to c two edges lead down, one leads up; of equal ways the one down."""
    made = ecosystem("a>b b>c c>a")
    assert told(made, path(made, "a", "c")) == (["c", "a"], ["c>a"])
    both = ecosystem("a>b b>a")
    assert told(both, path(both, "b", "a")) == (["b", "a"], ["b>a"])


def test_without_a_way_the_common_ancestors_are_named() -> None:
    """The nearest to both first: m is two edges away in all, a three; strangers have none."""
    made = ecosystem("a>m m>x m>y a>y", {"stranger": {}})
    way = path(made, "x", "y")
    assert (made.names.of(way.common), way.common_hops.tolist()) == (["m", "a"], [[1, 1], [2, 1]])
    assert way.direction is None
    assert not path(made, "x", "stranger").common.size


@pytest.mark.parametrize("edges", ["", "a>a"])
def test_from_a_model_to_itself_there_is_nothing_to_go(edges: str) -> None:
    """It is a way of no edges, self-loop or not."""
    made = ecosystem(edges, {"a": {}})
    assert told(made, path(made, "a", "a")) == (["a"], [])
