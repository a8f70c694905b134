from __future__ import annotations

import numpy as np
import pytest
from fitment.registry.errors import UnknownNameError
from fitment.registry.lineage.questions.part import subgraph

from tests.registry.lineage.small import ecosystem

GRAPH = "a>b:finetune a>c:quantized b>c c>c:merge"
SAID = {"a": {"likes": 3.0, "licences": ("mit",), "created": "2024-01-01"}, "c": {"likes": 5.0}}


def test_models_in_their_order_with_the_edges_between_them() -> None:
    """c and a: the edge a>c has c's place as its child's; the self-loop stays, edges to b don't."""
    part = subgraph(ecosystem(GRAPH, SAID), ["c", "a", "c"])
    assert part.names == ("c", "a")
    np.testing.assert_array_equal(part.likes, [5.0, 3.0])
    assert part.licences == ((), ("mit",))
    assert (part.edges.parent.tolist(), part.edges.child.tolist()) == ([1, 0], [0, 0])
    np.testing.assert_array_equal(part.edges.likes_change, [2.0, 0.0])
    assert np.isnat(part.created[0])


def test_numbers_and_a_view() -> None:
    """Models may be given by an array of numbers; edges that are not of the view are left out."""
    part = subgraph(ecosystem(GRAPH, SAID), np.array([0, 1, 2]), view="no-merge")
    assert part.edges.label.tolist() == [1, 2, 0]


def test_nothing_of_nothing_and_unknown_names() -> None:
    """No models make an empty part."""
    empty = subgraph(ecosystem(GRAPH), [])
    assert (empty.names, len(empty.edges.parent)) == ((), 0)
    with pytest.raises(UnknownNameError):
        subgraph(ecosystem(GRAPH), ["nobody"])
