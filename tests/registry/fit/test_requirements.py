"""Stored recommendations by the whole requirement."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from fitment.registry.answers import Question
from fitment.registry.catalogue.naming import rename_model
from fitment.registry.catalogue.versions import delete_version
from fitment.registry.fit.recommend import recommend
from fitment.registry.fit.suitability import update_task
from fitment.registry.records import Environment
from fitment.registry.results.link import link_results
from fitment.registry.storage.store import Store

from tests.registry.catalogue import decisions
from tests.registry.fit.stores import HERE, THERE, copy, journalling, measure

NO_MEMORY: dict[str, Any] = {"peak_memory_bytes": None, "memory_scope": None}


def stored(store: Store, question: Question) -> list[tuple[Any, ...]]:
    """(rank, hardware, batch, precision, suitability) of a requirement, in the order of ids."""
    with store.reading() as connection:
        return connection.execute(
            "SELECT rank, h.name, recommended_batch_size, recommended_precision, suitability_score"
            " FROM task_recommendations r JOIN models m ON m.id = r.model_id"
            " JOIN hardware_platforms h ON h.id = r.hardware_id"
            " WHERE m.name = ? AND task_type = ? AND batch_size IS NOT DISTINCT FROM ?"
            " AND latency_sensitive = ? AND memory_constrained = ? ORDER BY r.id",
            [
                question.model,
                question.task,
                question.batch,
                question.latency_sensitive,
                question.memory_constrained,
            ],
        ).fetchall()


@pytest.fixture(scope="module")
def blind(filled: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two machines, and a third whose memory nobody measured. Not to be changed."""
    store = copy(filled, tmp_path_factory.mktemp("blind"))
    environment = Environment("cpu", "Blind CPU, 1 cores", host="blind", torch="2.13.0")
    with journalling(store):
        for batch, throughput in ((1, 40.0), (8, 300.0), (64, 500.0)):
            measure(store, "net", environment, batch, throughput, **NO_MEMORY)
    update_task(store, "inference")
    return store


@pytest.fixture
def store(blind: Store, tmp_path: Path) -> Store:
    return copy(blind, tmp_path)


@pytest.mark.parametrize("batch", [None, 1, 8, 64])
def test_equal_to_recommend(blind: Store, batch: int | None) -> None:
    """For every setting of batch and flags the stored ranking is recommend's, to the bit."""
    for sensitive, constrained in product((False, True), (False, True)):
        question = Question(
            "net",
            task="inference",
            batch=batch,
            latency_sensitive=sensitive,
            memory_constrained=constrained,
            top_k=99,
        )
        rows = [
            (r.rank, r.hardware, r.configuration.batch, r.configuration.precision, r.suitability)
            for r in recommend(blind, question).rows
        ]
        found = stored(blind, question)
        assert sorted(found) == sorted(rows)
        assert [rank for rank, *_ in found] == sorted(rank for rank, *_ in found)
        assert len(rows) == (2 if constrained else 3) - (batch == 64)


def test_entries_that_fall_out_go_away(store: Store) -> None:
    """A configuration that turns out to give wrong output is no longer recommended."""
    question = Question("net", task="inference", batch=64)
    assert THERE.hardware in {name for _, name, *_ in stored(store, question)}
    measure(store, "net", THERE, 64, 900.0, status="numerics_nan", invocation=1)
    update_task(store, "inference")
    assert THERE.hardware not in {name for _, name, *_ in stored(store, question)}


def test_training_is_a_task_of_its_own(store: Store) -> None:
    """Training requirements stand on train_step results alone."""
    measure(store, "net", HERE, 1, 3.0, cell={"scenario": "train_step"})
    update_task(store, "inference")
    assert [name for _, name, *_ in stored(store, Question("net", task="training"))] == [HERE.hardware]
    assert stored(store, Question("other", task="training")) == []


def test_a_renamed_model_keeps_its_native_size(store: Store) -> None:
    """Of two sizes that are measured alike the one that its former name was made for, as in recommend."""
    for shape in ("3x192x192", "3x224x224"):
        measure(store, "resnet50", HERE, 1, 3.0, cell={"input_shape": shape})
    measure(store, "resnet50", HERE, 1, 3.0, cell={"input_shape": "3x192x192"}, invocation=1)
    rename_model(store, "resnet50", "backbone")
    update_task(store, "inference")
    with store.reading() as connection:
        notes = connection.execute(
            "SELECT DISTINCT notes FROM task_recommendations r JOIN models m ON m.id = r.model_id"
            " WHERE m.name = 'backbone' AND task_type = 'inference'"
        ).fetchall()
    (row,) = recommend(store, Question("backbone", task="inference")).rows
    with store.reading() as connection:
        (shape,) = connection.execute(
            "SELECT input_shape FROM performance_results WHERE id = ?", [row.evidence.result_ids[0]]
        ).fetchall()
    assert notes == [shape] == [("3x224x224",)]


def test_tied_versions_are_answered_as_recommend_answers(tmp_path: Path) -> None:
    """The newest of them, by when it was added, whatever its name."""
    store = decisions.fill(tmp_path / "x.duckdb")
    link_results(store, "resnet18", "v9", [1])
    link_results(store, "resnet18", "v10", [2])
    link_results(store, "resnet18", "rc", [3])
    assert recommend(store, Question("resnet18", task="inference")).group.model_version == "rc"
    delete_version(store, "resnet18", "rc")
    assert recommend(store, Question("resnet18", task="inference")).group.model_version == "v10"
    update_task(store, "inference")
    query = """SELECT DISTINCT recommended_batch_size FROM task_recommendations
        JOIN models m ON m.id = model_id WHERE m.name = 'resnet18' AND batch_size IS NULL"""
    assert decisions.query(store, query) == [(2,)]
