"""Groups scored as whole grids: the numbers, ids and order that going through them one by one gives."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from fitment.registry.answers import Question, Recommendation
from fitment.registry.fit import grids, profiles
from fitment.registry.fit.recommend import answer
from fitment.registry.fit.suitability import calculate_scores
from fitment.registry.results.estimates import group_estimates
from fitment.registry.storage.store import Store

from tests.registry.fit.grids import TROUBLES, WHOLE, fill_with_grids

Row = dict[str, Any]
NAMES = [f"{trouble} {i}" for trouble in TROUBLES for i in range(3)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Three models of each trouble, scored. What is derived may be made anew."""
    made = Store.open(tmp_path_factory.mktemp("grids") / "fitment.duckdb", create=True)
    fill_with_grids(made, NAMES, Random(5))
    calculate_scores(made)
    return made


def stored(store: Store) -> list[Row]:
    """All rows of the stored scores with their models' and hardware's names, in the order of ids."""
    with store.reading() as connection:
        cursor = connection.execute(
            "SELECT m.name AS model, h.name AS hardware, c.* FROM hardware_model_compatibility c"
            " JOIN models m ON m.id = c.model_id JOIN hardware_platforms h ON h.id = c.hardware_id"
            " ORDER BY c.id"
        )
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.fixture(scope="module")
def at_once(store: Store) -> list[Row]:
    """The rows, those of whole grids computed at once."""
    return stored(store)


def test_equal_to_one_by_one(store: Store, at_once: list[Row], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every column of every row is the same to the bit, ids and order too."""
    monkeypatch.setattr(grids, "_GRIDS", grids._GRIDS + " AND false")
    calculate_scores(store)
    one_by_one = stored(store)
    assert [row["id"] for row in at_once] == list(range(1, len(at_once) + 1))
    differing = {
        (a["model"], column)
        for a, b in zip(at_once, one_by_one, strict=True)
        for column in a
        if repr(a[column]) != repr(b[column])
    }
    assert differing == set()


def test_equal_to_recommend(store: Store, at_once: list[Row]) -> None:
    """The rows are those of recommend, which never saw the tables; what it rejects has no score."""
    with store.reading() as connection:
        estimates = group_estimates(connection)
    for model in NAMES:
        of_model = [e for e in estimates if e.group.model == model and e.group.scenario == "forward"]
        found = answer(Question(model, top_k=99), of_model)
        own = [row for row in at_once if (row["model"], row["scenario"]) == (model, "forward")]
        assert [as_stored(row) for row in found.rows] == [
            {name: row[name] for name in as_stored(found.rows[0])} for row in own if row["rank"] is not None
        ], model
        assert {r.hardware: r.reason for r in found.rejected} == {
            row["hardware"]: row["notes"] for row in own if row["rank"] is None
        }, model


def as_stored(row: Recommendation) -> Row:
    """A recommendation in the table's columns and units."""
    k = row.configuration
    return {
        "hardware": row.hardware,
        "rank": row.rank,
        "compatibility_score": row.compatibility,
        "suitability_score": row.suitability,
        "throughput_score": row.throughput_score,
        "latency_score": row.latency_score,
        "memory_score": row.memory_score,
        "recommended_batch_size": k.batch,
        "recommended_precision": k.precision,
        "compile_mode": k.compile_mode,
        "memory_format": k.memory_format,
        "memory_requirement": row.memory_bytes and row.memory_bytes / 1e6,
        "precision_basis": "speed only" if "speed_only" in row.flags else None,
        "throughput": row.throughput,
        "throughput_low": row.throughput_low,
        "throughput_high": row.throughput_high,
        "latency_ms": row.latency_s and row.latency_s * 1e3,
        "latency_low_ms": row.latency_low and row.latency_low * 1e3,
        "latency_high_ms": row.latency_high and row.latency_high * 1e3,
        "interval_basis": row.interval_basis,
        "n": row.n,
        "confidence": row.confidence,
        "coverage": row.coverage,
        "flags": ",".join(row.flags),
        "notes": row.beyond,
        "env_id": row.env_id,
        "result_ids": list(row.evidence.result_ids),
    }


def test_which_groups_are_whole_grids(store: Store) -> None:
    """Those that a sweep leaves are; a gap, hardware without a run or two stacks of one need words."""
    with store.deriving() as connection:
        scored = grids.grid_pairs(connection, profiles.shipped()[profiles.DEFAULT].weights)
        whole = connection.execute(
            "SELECT DISTINCT name FROM keyed JOIN grids USING (result_group)"
            " JOIN candidates c ON c.id = candidate_id JOIN models m ON m.id = c.model_id"
        ).fetchall()
    assert scored.num_rows > len(whole)
    names = {name.rpartition(" ")[0] for (name,) in whole}
    assert names >= set(WHOLE)
    assert names.isdisjoint(
        {
            *("a gap", "a machine that runs nothing", "one undecided", "another scope", "another torch"),
            *("one under another driver", "one under another torch", "one twice, on a twin"),
        }
    )


def test_store_without_results(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No grid is no row."""
    empty = Store.open(tmp_path_factory.mktemp("empty") / "fitment.duckdb", create=True)
    with empty.deriving() as connection:
        assert grids.grid_pairs(connection, profiles.shipped()[profiles.DEFAULT].weights).num_rows == 0
