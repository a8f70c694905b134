from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import networkx
from fitment.registry.report.graph_text import name_of
from fitment.registry.report.lineage.graphml import graphml_lines

from tests.registry.report.lineages import EVIL, evil_part


def test_networkx_reads_it(tmp_path: Path) -> None:
    """Nodes are the names, with what is said of them; edges carry their kinds."""
    path = tmp_path / "evil.graphml"
    path.write_text("".join(graphml_lines(evil_part())), encoding="utf-8")
    graph = networkx.read_graphml(path)
    assert [name_of(node) for node in graph.nodes] == EVIL
    first, second = list(graph.nodes)[:2]
    assert name_of(graph.nodes[second]["licences"]) == EVIL[1]
    assert graph.nodes[first] | {"licences": ""} == {
        "likes": 3.0, "created": "2024-01-02T00:00:00Z", "licences": ""
    }  # fmt: skip
    assert graph.edges[first, first] == {
        "label": "merge", "kinds": "finetune merge", "likes_change": 0.0, "likes_relative": 0.0, "days": 0.0
    }  # fmt: skip
    assert len(graph.edges) == len(EVIL) + 1


def test_it_is_one_well_formed_document() -> None:
    """With as many nodes and edges as there are, and nothing else in it."""
    root = ElementTree.fromstring("".join(graphml_lines(evil_part())))
    tags = [each.tag.rpartition("}")[2] for each in root.iter()]
    assert (tags.count("node"), tags.count("edge"), tags.count("graph")) == (len(EVIL), len(EVIL) + 1, 1)
    assert set(tags) == {"graphml", "key", "graph", "node", "edge", "data"}
