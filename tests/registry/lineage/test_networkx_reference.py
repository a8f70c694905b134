"""A stored lineage says what networkx says of the same file: every column, and who reaches whom."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from fitment.registry.lineage.ecosystem import Ecosystem
from fitment.registry.lineage.kept.build import build_lineage
from fitment.registry.lineage.kept.opened import open_lineage
from fitment.registry.lineage.kinds import VIEWS
from fitment.registry.lineage.questions.follow import ancestors, descendants
from fitment.registry.storage.store import Store

from benchmarks.ecosystem import make
from benchmarks.ecosystem_shape import Shape
from benchmarks.lineage import Row
from benchmarks.lineage_agreement import differences
from benchmarks.lineage_runs import networkx_questions, our_questions, scipy_questions
from benchmarks.networkx_lineage import by_columns, by_rows, depths, edge_table, families, views

COUNT = 3_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of each kind, of one ecosystem."""
    where = tmp_path_factory.mktemp("reference")
    for name in ("models.csv", "models.parquet"):
        make(where / name, Shape().of(COUNT))
    return where


@pytest.fixture(scope="module")
def graph(folder: Path) -> nx.DiGraph:
    return by_rows(folder / "models.csv")


@pytest.fixture(scope="module")
def ecosystem(folder: Path) -> Ecosystem:
    store = Store.open(folder / "store.duckdb", create=True)
    build_lineage(store, folder / "models.csv")
    return open_lineage(store.path)


def test_both_ways_of_the_reference_agree(folder: Path, graph: nx.DiGraph) -> None:
    """The careful rival makes the graph of the one that goes row by row."""
    pd.testing.assert_frame_equal(edge_table(by_columns(folder / "models.csv")), edge_table(graph))


def test_every_column_is_the_references(ecosystem: Ecosystem, graph: nx.DiGraph) -> None:
    """Ids, dates, figures, traits; types, labels, changes, shares, days: bit for bit."""
    assert graph.number_of_edges() > COUNT // 5
    assert differences(ecosystem, graph) == []


def test_a_parquet_file_says_the_same(folder: Path, graph: nx.DiGraph) -> None:
    """Another reader, the same columns."""
    store = Store.open(folder / "parquet.duckdb", create=True)
    assert differences(build_lineage(store, folder / "models.parquet").ecosystem, graph) == []


def test_a_difference_is_told(ecosystem: Ecosystem, graph: nx.DiGraph) -> None:
    """With the column, and the first row that is not the same."""
    other = graph.copy()
    parent, child = next(iter(other.edges))
    other.edges[parent, child]["days"] += 1
    (line,) = differences(ecosystem, other)
    assert line.startswith(f"days: 1 rows differ; of {parent} > {child}")
    other.remove_edge(parent, child)
    assert "edges: " in differences(ecosystem, other)[-1]
    other.remove_node(child)
    assert child in differences(ecosystem, other)[0]


def test_views_are_the_copies(ecosystem: Ecosystem, graph: nx.DiGraph) -> None:
    """As many edges in a mask as in the copy that networkx needs."""
    for copied, name in zip(views(graph), ("finetune", "no-merge"), strict=True):
        assert ecosystem.edges.mask(VIEWS[name]).sum() == copied.number_of_edges()


def test_depths_and_families_are_the_references(ecosystem: Ecosystem, graph: nx.DiGraph) -> None:
    """Over cycles and self-loops too."""
    held, names = ecosystem.structure, list(ecosystem.names.all())
    expected = depths(graph)
    assert held.depth.tolist() == [expected[name] for name in names]
    number = {name: at for at, name in enumerate(names)}
    for family in families(graph):
        members = [number[name] for name in family]
        assert set(held.component[members].tolist()) == {min(members)}
    for circle in nx.strongly_connected_components(graph):
        members = [number[name] for name in circle]
        assert set(held.strong[members].tolist()) == {min(members)}


def test_ancestors_and_descendants_are_the_references(ecosystem: Ecosystem, graph: nx.DiGraph) -> None:
    """Of the models with the most, and of some others."""
    names = list(ecosystem.names.all())
    several = np.concatenate([np.argsort(-np.diff(ecosystem.down.starts))[:20], np.arange(0, COUNT, 37)])
    for model in several.tolist():
        for ours, theirs in ((descendants, nx.descendants), (ancestors, nx.ancestors)):
            found = set(ecosystem.names.of(ours(ecosystem, model).models)) - {names[model]}
            assert found == theirs(graph, names[model])


def test_the_benchmark_asks_its_questions(folder: Path, ecosystem: Ecosystem) -> None:
    """Each rival answers all of its questions, once a round; what missed its goal is said."""
    assert len(ecosystem) == COUNT
    for found in (
        our_questions(folder / "store.duckdb", 2),
        scipy_questions(folder / "store.duckdb", 2),
        networkx_questions(folder / "models.csv", 2),
    ):
        assert {"weak"} <= found.keys()
        assert {len(times) for times in found.values()} == {2}
    slow = Row("build", [2.0, 4.0], "s", 1.0, "networkx", [3.0, 8.0], 20)
    cells = ["build", "3.00 s", "2.00 … 4.00", "≤ 1 missed", "networkx", "110 s (× 20)", "35.0x"]
    assert slow.cells() == [*cells, "30.0 … 40.0"]
    assert Row("build", [2.0], rival="networkx", theirs=[3.0], times=2, least=3.0).cells()[3] == "≥ 3x"
