"""The lineage of an ecosystem as a networkx graph, row by row: the reference and the rival of ours.

``by_rows`` goes the way that analyses of such files take: pandas reads the file, ``iterrows`` brings a row at
a time, ``ast.literal_eval`` each of its lists, and a ``DiGraph`` gets a node with its attributes, and an edge
for each parent that is there. ``by_columns`` is what a careful author makes of it: zipped columns, no parsing
of ``[]``, edges added at once. Both read the columns that ours reads, and give the same edges.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd

KINDS = ("finetune", "quantized", "adapter", "merge")  # the last that applies labels an edge
PARENTS = {"parent_model": None, **{f"{kind}_parent": kind for kind in KINDS}}
TRAITS = {"licences": "licenses", "languages": "languages"}  # lists, by our names
SINGLE = {"tasks": "pipeline_tag", "libraries": "library_name"}
LISTS = (*TRAITS.values(), *PARENTS)
NEEDED = ("model_id", "likes", "downloads", "createdAt", *SINGLE.values(), *LISTS)
NAN = float("nan")

Attributes = Mapping[str, Any]
Pair = tuple[str, str]


def by_rows(file: Path) -> nx.DiGraph:
    """The graph, a row at a time."""
    table = read(file)
    graph = nx.DiGraph()
    for _, row in table.iterrows():
        attributes = dict(row.items())
        for name in LISTS:
            attributes[name] = _parsed(attributes[name])
        graph.add_node(attributes.pop("model_id"), **attributes)
    for child, attributes in list(graph.nodes(data=True)):
        for column, kind in PARENTS.items():
            for parent in attributes[column]:
                if parent in graph:
                    _add(graph, parent, child, kind)
    for parent, child, edge in graph.edges(data=True):
        edge.update(_said_of(edge["types"], graph.nodes[parent], graph.nodes[child]))
    return graph


def by_columns(file: Path) -> nx.DiGraph:
    """The same graph, with less work."""
    table = read(file)
    nodes: dict[str, Attributes] = {}
    for values in zip(*(table[name].tolist() for name in NEEDED), strict=True):
        attributes = dict(zip(NEEDED, values, strict=True))
        for name in LISTS:
            text = attributes[name]
            attributes[name] = [] if text == "[]" else _parsed(text)
        nodes[attributes.pop("model_id")] = attributes
    types: dict[Pair, set[str | None]] = {}
    for child, attributes in nodes.items():
        for column, kind in PARENTS.items():
            for parent in attributes[column]:
                if parent in nodes:
                    types.setdefault((parent, child), set()).add(kind)
    graph = nx.DiGraph()
    graph.add_nodes_from(nodes.items())
    graph.add_edges_from(_typed(types, nodes))
    return graph


def views(graph: nx.DiGraph) -> tuple[nx.DiGraph, nx.DiGraph]:
    """Copies of the graph, all its nodes in them: the finetunes alone, and all but the merges."""
    return (
        _copy(graph, lambda label: label == "finetune"),
        _copy(graph, lambda label: label != "merge"),
    )


def depths(graph: nx.DiGraph) -> dict[str, int]:
    """Edges on the longest way to each model from a root, a strong component counting as one place."""
    condensed = nx.condensation(graph)
    depth = dict.fromkeys(condensed, 0)
    for above in nx.topological_sort(condensed):
        for below in condensed.successors(above):
            depth[below] = max(depth[below], depth[above] + 1)
    place = condensed.graph["mapping"]
    return {model: depth[place[model]] for model in graph}


def families(graph: nx.DiGraph) -> list[set[str]]:
    """The weak components."""
    return list(nx.weakly_connected_components(graph))


def edge_table(graph: nx.DiGraph) -> pd.DataFrame:
    """A row for each edge, sorted by parent and child."""
    rows = [{"parent": p, "child": c} | edge for p, c, edge in graph.edges(data=True)]
    table = pd.DataFrame(rows, columns=["parent", "child", "types", "label", *_FIGURES])
    table["types"] = [tuple(kind for kind in KINDS if kind in types) for types in table["types"]]
    return table.sort_values(["parent", "child"], ignore_index=True)


_FIGURES = ("likes_change", "likes_relative", "downloads_change", "downloads_relative", "days")


def read(file: Path) -> pd.DataFrame:
    """The columns that ours reads too."""
    table = pd.read_csv(file, usecols=list(NEEDED), keep_default_na=False, na_values=[""])
    table["createdAt"] = pd.to_datetime(table["createdAt"], format="%Y-%m-%dT%H:%M:%S.%fZ", utc=True)
    return table


def _parsed(text: object) -> list[str]:
    """A list that is left out is an empty one. Nothing is run: ``literal_eval`` knows no calls."""
    return ast.literal_eval(text) if isinstance(text, str) else []


def _add(graph: nx.DiGraph, parent: str, child: str, kind: str | None) -> None:
    if graph.has_edge(parent, child):
        graph.edges[parent, child]["types"].add(kind)
    else:
        graph.add_edge(parent, child, types={kind})


def _typed(
    types: Mapping[Pair, set[str | None]], nodes: Mapping[str, Attributes]
) -> Iterator[tuple[str, str, Attributes]]:
    for (parent, child), kinds in types.items():
        yield parent, child, {"types": kinds, **_said_of(kinds, nodes[parent], nodes[child])}


def _said_of(types: Iterable[str | None], parent: Attributes, child: Attributes) -> dict[str, Any]:
    """The label of an edge, and how the child differs from the parent."""
    applying = [kind for kind in KINDS if kind in types]
    edge: dict[str, Any] = {"label": applying[-1] if applying else "untyped"}
    for name in ("likes", "downloads"):
        before, after = parent[name], child[name]
        edge[f"{name}_change"] = after - before
        edge[f"{name}_relative"] = (after - before) / before if before else NAN
    apart = child["createdAt"] - parent["createdAt"]
    edge["days"] = NAN if pd.isna(apart) else apart.days  # floored, also below 0
    return edge


def _copy(graph: nx.DiGraph, belongs: Any) -> nx.DiGraph:
    copied = nx.DiGraph()
    copied.add_nodes_from(graph.nodes(data=True))
    copied.add_edges_from(edge for edge in graph.edges(data=True) if belongs(edge[2]["label"]))
    return copied
