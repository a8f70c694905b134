"""The order that agrees best with the drift, by hand."""

from __future__ import annotations

import pytest
from fitment.registry.errors import QuestionError
from fitment.registry.lineage.analyses.drift import Arc
from fitment.registry.lineage.analyses.ordering import Ordered, Ordering, ordering
from fitment.registry.lineage.ecosystem import Ecosystem

from tests.registry.lineage.analyses import test_drift as licences
from tests.registry.lineage.small import ecosystem


def replaced(mutations: str) -> Ecosystem:
    """An edge for each ``xy``: a parent that says the task x and a child that says y."""
    pairs = mutations.split()
    edges = " ".join(f"p{i}>c{i}:finetune" for i in range(len(pairs)))
    said = {f"{end}{i}": task for i, pair in enumerate(pairs) for end, task in zip("pc", pair, strict=True)}
    return ecosystem(edges, {name: {"tasks": (task,)} for name, task in said.items()})


def test_licences_by_hand() -> None:
    """gpl > apache by 2 and mit > apache by 1: both before apache, in two orders; of the 7 mutations 5 agree.

    Those are gpl > mit, 2 gpl > apache and 2 mit > apache; mit > gpl and apache > mit don't.
    """
    found = ordering(ecosystem(licences.EDGES, licences.MODELS), "licences")
    assert found == Ordering(
        trait="licences",
        view="finetune",
        weighted=False,
        order=(Ordered(1, "gpl-3.0", 2, 0), Ordered(2, "mit", 1, 0), Ordered(3, "apache-2.0", 0, 3)),
        without_arcs=(),
        arcs=2,
        arcs_agreed=2,
        mutations=7,
        mutations_agreed=5,
        orders=2,
        against=(),
    )


def test_a_cycle_of_arcs() -> None:
    """x > y by 3, y > z by 2, z > x by 1. Two of three arcs agree at most, in three orders, of which the one
    that begins with y, said by five models, is shown; by traffic only x, y, z keeps 5 of 6.
    """
    lineage = replaced("xy xy xy yz yz zx")
    plain, weighted = (ordering(lineage, "tasks", weighted=each) for each in (False, True))
    assert [each.value for each in plain.order] == ["y", "z", "x"]
    assert (plain.arcs, plain.arcs_agreed, plain.orders) == (3, 2, 3)
    assert plain.against == (Arc("x", "y", 3, 0, 3),)
    assert [each.value for each in weighted.order] == ["x", "y", "z"]
    assert (weighted.arcs_agreed, weighted.mutations_agreed, weighted.mutations) == (2, 5, 6)
    assert (weighted.orders, weighted.against) == (1, (Arc("z", "x", 1, 0, 1),))


def test_values_without_an_arc_are_left_out() -> None:
    """u and v turn into each other as often as back: they could stand anywhere, whatever x does."""
    found = ordering(replaced("xy uv vu"), "tasks")
    assert [each.value for each in found.order] == ["x", "y"]
    assert set(found.without_arcs) == {"u", "v"}
    assert (found.orders, found.mutations, found.mutations_agreed) == (1, 1, 1)


def test_nothing_to_order() -> None:
    """Without mutations no value has a place."""
    for lineage in (ecosystem(""), replaced("xx"), ecosystem("a>a:finetune", {"a": {"tasks": ("x",)}})):
        found = ordering(lineage, "tasks")
        assert (found.order, found.arcs, found.mutations, found.orders) == ((), 0, 0, 1)


def test_more_than_twenty_are_refused() -> None:
    """The exact search ends at 20, and says how to go on."""
    with pytest.raises(QuestionError, match="of at most 20 values, not 21: say --top 20"):
        ordering(ecosystem("a>b"), "tasks", top=21)
