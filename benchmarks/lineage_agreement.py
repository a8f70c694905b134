"""Whether an ecosystem of ours says what the networkx reference says, column by column, to the last bit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from fitment.registry.lineage.ecosystem import Ecosystem
from fitment.registry.lineage.kinds import KINDS, LABELS
from numpy.typing import NDArray

from benchmarks.networkx_lineage import SINGLE, TRAITS, edge_table

Column = NDArray[Any]
Columns = Mapping[str, Column]
FIGURES = ("likes_change", "likes_relative", "downloads_change", "downloads_relative", "days")


def differences(ecosystem: Ecosystem, graph: nx.DiGraph) -> list[str]:
    """A line for each column of models and edges that is not the same, with the first row that is not."""
    ours, theirs = list(ecosystem.names.all()), list(graph)
    if set(ours) != set(theirs) or len(ours) != len(theirs):
        odd = sorted(set(ours) ^ set(theirs))
        return [f"model_id: {len(ours)} and {len(theirs)} models; in one alone: {', '.join(odd[:5])}"]
    number = {name: at for at, name in enumerate(ours)}
    found = list(_unlike(_model_columns(ecosystem), _their_models(graph, ours), ours))
    edges = _their_edges(graph, number)
    if len(edges["parent"]) != len(ecosystem.edges.parent):
        return [*found, f"edges: {len(ecosystem.edges.parent)} and {len(edges['parent'])}"]
    pairs = [f"{ours[p]} > {ours[c]}" for p, c in zip(edges["parent"], edges["child"], strict=True)]
    return [*found, *_unlike(_edge_columns(ecosystem), edges, pairs)]


def _unlike(ours: Columns, theirs: Columns, rows: list[str]) -> Iterator[str]:
    for name, own in ours.items():
        other = theirs[name]
        apart = np.flatnonzero((own != other) & ~((own != own) & (other != other)))  # NaN, NaT are themselves
        if len(apart):
            at = int(apart[0])
            yield f"{name}: {len(apart)} rows differ; of {rows[at]} ours is {own[at]}, theirs {other[at]}"


def _model_columns(ecosystem: Ecosystem) -> Columns:
    columns = {"likes": ecosystem.likes, "downloads": ecosystem.downloads, "created": ecosystem.created}
    for name in (*TRAITS, *SINGLE):
        trait = ecosystem.trait(name)
        sets = [", ".join(sorted(trait.of_set(code))) for code in range(len(trait.starts) - 1)]
        columns[name] = np.array(sets, object)[trait.codes]
    return columns


def _their_models(graph: nx.DiGraph, order: list[str]) -> Columns:
    nodes = [graph.nodes[name] for name in order]
    created = pd.to_datetime([node["createdAt"] for node in nodes], utc=True).tz_localize(None)
    columns: dict[str, Column] = {
        "likes": np.array([node["likes"] for node in nodes], float),
        "downloads": np.array([node["downloads"] for node in nodes], float),
        "created": created.to_numpy("datetime64[us]"),
    }
    for name, column in TRAITS.items():
        columns[name] = np.array([", ".join(sorted(set(node[column]))) for node in nodes], object)
    for name, column in SINGLE.items():
        columns[name] = np.array([v if isinstance(v := node[column], str) else "" for node in nodes], object)
    return columns


def _edge_columns(ecosystem: Ecosystem) -> Columns:
    edges = ecosystem.edges
    return {name: getattr(edges, name) for name in ("parent", "child", "types", "label", *FIGURES)}


def _their_edges(graph: nx.DiGraph, number: Mapping[str, int]) -> Columns:
    """Theirs in our numbers and bits, sorted as ours are."""
    table = edge_table(graph)
    bit_of = {name: bit for bit, name in LABELS.items()}
    parent = np.array([number[name] for name in table["parent"]], np.int64)
    child = np.array([number[name] for name in table["child"]], np.int64)
    order = np.lexsort((child, parent))
    columns: dict[str, Column] = {
        "parent": parent,
        "child": child,
        "types": np.array([sum(KINDS[kind] for kind in types) for types in table["types"]], np.int64),
        "label": np.array([bit_of[label] for label in table["label"]], np.int64),
        **{name: table[name].to_numpy(float) for name in FIGURES},
    }
    return {name: column[order] for name, column in columns.items()}
