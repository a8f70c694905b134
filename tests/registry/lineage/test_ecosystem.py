"""An ecosystem as arrays."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.registry.lineage.ecosystem import TRAITS, Ecosystem
from fitment.registry.lineage.kinds import VIEWS

from tests.registry.lineage.small import ecosystem


def test_by_hand() -> None:
    """Edges in order, the neighbours of each model on both sides, and what it says."""
    small = ecosystem("a>b:finetune a>c:quantized+adapter b>d", {"a": {"likes": 3, "licences": ("mit",)}})
    assert [small.names[v] for v in range(len(small))] == ["a", "b", "c", "d"]
    assert small.edges.parent.tolist() == [0, 0, 1]
    assert small.edges.child.tolist() == [1, 2, 3]
    assert small.edges.mask(VIEWS["adapter"]).tolist() == [False, True, False]
    assert (small.down.starts.tolist(), small.down.neighbours.tolist()) == ([0, 2, 3, 3, 3], [1, 2, 3])
    assert (small.up.starts.tolist(), small.up.neighbours.tolist()) == ([0, 0, 1, 2, 3], [0, 0, 1])
    assert small.up.edges.tolist() == [0, 1, 2]
    assert small.structure.depth.tolist() == [0, 1, 1, 2]
    assert [small.trait("licences").of(v) for v in range(4)] == [("mit",), (), (), ()]
    np.testing.assert_array_equal(small.likes, [3, np.nan, np.nan, np.nan])
    assert np.isnan(small.downloads).all()
    assert np.isnat(small.created).all()


def test_models_without_edges_and_none_at_all() -> None:
    """Are an ecosystem too."""
    alone = ecosystem("", {"a": {"tasks": ("x", "y")}})
    assert (len(alone), len(alone.edges.parent), alone.trait("tasks").of(0)) == (1, 0, ("x", "y"))
    nothing = ecosystem("")
    assert (len(nothing), nothing.structure.root.tolist(), nothing.trait(TRAITS[0]).values) == (0, [], ())


def test_arrays_are_asked_for_when_they_are_needed() -> None:
    """One that isn't there fails when it is first used, and not before."""
    empty = Ecosystem({}, sha256="5", file="models.csv")
    assert (empty.sha256, empty.file) == ("5", "models.csv")
    with pytest.raises(KeyError, match="name_bytes"):
        len(empty)
