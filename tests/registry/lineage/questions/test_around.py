from __future__ import annotations

from fitment.registry.lineage.questions.around import around, both_ways

from tests.registry.lineage.small import ecosystem


def test_near_models_whichever_way_edges_lead() -> None:
    """b's siblings are two edges away, its nephew three; the other family isn't reached."""
    made = ecosystem("a>b a>c c>d y>z b>b")
    found = around(made, "b")
    assert (made.names.of(found.models), found.hops.tolist()) == (["a", "c", "d"], [1, 2, 3])
    assert made.names.of(around(made, "b", hops=1).models) == ["a"]
    assert made.names.of(around(made, "z", view="untyped").models) == ["y"]
    assert not around(made, "z", view="merge").models.size


def test_parents_come_before_children() -> None:
    """Each edge stands once at either end, with its own number."""
    made = ecosystem("a>c b>c c>d")
    both = both_ways(made)
    assert both.starts.tolist() == [0, 1, 2, 5, 6]
    assert both.neighbours.tolist() == [2, 2, 0, 1, 3, 2]
    assert both.edges.tolist() == [0, 1, 0, 1, 2, 2]
