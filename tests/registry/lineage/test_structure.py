"""Where models stand: families, cycles, depths, and the roots that name them."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.registry.lineage.kinds import VIEWS
from fitment.registry.lineage.structure import structure

from tests.registry.lineage.small import ecosystem


def test_by_hand() -> None:
    """Two ways of other lengths down to d; x and y in a cycle with z below; s its own parent; l alone."""
    small = ecosystem("a>b b>c c>d a>d x>y y>x y>z s>s", {"l": {}})
    assert "".join(small.names.all()) == "abcdlsxyz"
    found = structure(small)
    assert found.component.tolist() == [0, 0, 0, 0, 4, 5, 6, 6, 6]
    assert found.strong.tolist() == [0, 1, 2, 3, 4, 5, 6, 6, 8]
    assert found.depth.tolist() == [0, 1, 2, 3, 0, 0, 0, 0, 1]
    assert found.generation.tolist() == [0, 1, 2, 1, 0, 0, 0, 0, 1]
    assert found.root.tolist() == [0, 0, 0, 0, 4, 5, 6, 6, 6]


def test_a_view_has_a_structure_of_its_own() -> None:
    """Without its merges the child hangs under its finetune alone."""
    small = ecosystem("a>c:merge b>c:finetune a>b:merge")
    assert structure(small).depth.tolist() == [0, 1, 2]
    found = structure(small, small.edges.mask(VIEWS["no-merge"]))
    assert found.component.tolist() == [0, 1, 1]
    assert found.depth.tolist() == [0, 0, 1]
    assert found.root.tolist() == [0, 1, 1]
    nothing = structure(small, np.zeros(3, np.bool_))
    assert nothing.root.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("said", "root"),
    [
        ({}, "a"),
        ({"c": {"downloads": 0}}, "c"),
        ({"c": {"downloads": 5}, "b": {"downloads": 7}}, "b"),
        ({"c": {"created": "2024-01-01"}, "b": {"downloads": 7}}, "c"),
        ({"c": {"created": "2024-01-01"}, "b": {"created": "2023-01-01"}}, "b"),
        ({"d": {"created": "1970-01-01", "downloads": 9}}, "a"),
        ({"c": {"created": "1969-12-31T23:59:59.999999"}, "b": {"created": "1970-01-01"}}, "c"),
    ],
)
def test_the_root_that_names_a_family(said: dict[str, dict[str, object]], root: str) -> None:
    """The oldest, then the most downloaded, then by id; who said nothing comes last, a child not at all."""
    small = ecosystem("a>d b>d c>d", said)
    assert {small.names[v] for v in structure(small).root.tolist()} == {root}


def test_a_cycle_without_parents_is_a_root_together() -> None:
    """Each of its models is one, and the most downloaded speaks for all."""
    small = ecosystem("a>b b>c c>a c>d", {"b": {"downloads": 2}, "d": {"downloads": 9}})
    found = structure(small)
    assert found.depth.tolist() == [0, 0, 0, 1]
    assert found.root.tolist() == [1, 1, 1, 1]


def test_the_structure_of_all_edges_is_the_stored_one() -> None:
    """Asked for by a mask or not, it is the same."""
    small = ecosystem("a>b:merge b>c c>b")
    found, stored = structure(small, np.ones(3, np.bool_)), small.structure
    assert structure(small) is stored
    for name in stored.__slots__:
        np.testing.assert_array_equal(getattr(found, name), getattr(stored, name))
