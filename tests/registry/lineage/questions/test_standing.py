from __future__ import annotations

from fitment.registry.lineage.questions.standing import Standing, family, standings

from tests.registry.lineage.small import ecosystem


def test_depth_is_the_longest_way_and_generation_the_shortest() -> None:
    """d can be reached over a>d, and over a>b>c>d; along merges alone it is one step from its root."""
    made = ecosystem("a>b b>c c>d a>d:merge")
    assert standings(made, ["a", "d"]) == (Standing("a", 0, 0, ()), Standing("d", 3, 1, ()))
    assert standings(made, ["d", "c"], view="merge") == (Standing("d", 1, 1, ()), Standing("c", 0, 0, ()))


def test_a_cycle_is_one_place() -> None:
    """Its members share a depth and are named; a self-loop is no step down."""
    made = ecosystem("a>b b>c c>b c>d e>e")
    told = standings(made, ["b", "c", "d", "e"])
    assert [(each.depth, each.generation) for each in told] == [(1, 1), (1, 1), (2, 2), (0, 0)]
    assert [each.cycle for each in told] == [("b", "c"), ("b", "c"), (), ()]


def test_a_family_is_everyone_connected_named_by_its_oldest_root() -> None:
    """The most downloaded first; of two roots the older one names it; a view cuts it."""
    made = ecosystem(
        "a>x b>x:merge x>y p>q",
        {"a": {"created": "2024-02-01"}, "b": {"created": "2024-01-01"}, "y": {"downloads": 5.0}},
    )
    found = family(made, "x")
    assert (made.names.of(found.models), made.names[found.root]) == (["y", "a", "b", "x"], "b")
    cut = family(made, "x", view="no-merge")
    assert (made.names.of(cut.models), made.names[cut.root]) == (["y", "a", "x"], "a")
    assert made.names.of(family(made, "p", view="merge").models) == ["p"]
