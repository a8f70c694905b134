from __future__ import annotations

import sys

import pytest
from fitment.registry.lineage.questions.graph import MissingExtraError, to_networkx
from fitment.registry.lineage.questions.part import subgraph

from tests.registry.lineage.small import ecosystem


def test_a_part_as_networkx() -> None:
    """Nodes by name with what is said of them; an edge from parent to child; self-loops stay."""
    made = ecosystem("a>b:quantized b>b", {"a": {"downloads": 7.0, "licences": ("mit",)}, "z": {}})
    graph = to_networkx(subgraph(made, ["a", "b", "z"]))
    assert dict(graph.nodes(data=True)) == {"a": {"downloads": 7, "licences": ("mit",)}, "b": {}, "z": {}}
    assert list(graph.edges) == [("a", "b"), ("b", "b")]
    assert graph.edges["a", "b"] == {"label": "quantized", "kinds": ("quantized",)}


def test_without_networkx_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the extra."""
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'fitment\[graph\]'"):
        to_networkx(subgraph(ecosystem("a>b"), []))
