"""The stored score of each pair."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from fitment.registry.answers import Question
from fitment.registry.fit.recommend import recommend
from fitment.registry.fit.suitability import calculate_scores
from fitment.registry.storage.store import Store

from tests.registry.fit.stores import HERE, THERE, journalling, measure


def pairs(store: Store, model: str = "net") -> dict[str, dict[str, Any]]:
    """The stored rows of a model by hardware."""
    with store.reading() as connection:
        cursor = connection.execute(
            "SELECT h.name AS hardware, c.* FROM hardware_model_compatibility c"
            " JOIN models m ON m.id = c.model_id JOIN hardware_platforms h ON h.id = c.hardware_id"
            " WHERE m.name = ? ORDER BY c.id",
            [model],
        )
        names = [column[0] for column in cursor.description or ()]
        return {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}


@pytest.fixture
def store(scored_store: Store) -> Store:
    return scored_store


def test_equal_to_recommend(store: Store) -> None:
    """Every stored number is the one that recommend prints, to the bit, in ms and MB."""
    answer = recommend(store, Question("net", top_k=99))
    stored = pairs(store)
    assert set(stored) == {row.hardware for row in answer.rows}
    for row in answer.rows:
        found = stored[row.hardware]
        assert found["compatibility_score"] == row.compatibility
        assert found["suitability_score"] == row.suitability
        assert found["throughput_score"] == row.throughput_score
        assert found["latency_score"] == row.latency_score
        assert found["memory_score"] == row.memory_score
        assert found["confidence"] == row.confidence
        assert (found["rank"], found["n"], found["coverage"]) == (row.rank, row.n, row.coverage)
        assert found["recommended_batch_size"] == row.configuration.batch
        assert found["recommended_precision"] == row.configuration.precision
        assert found["latency_ms"] == pytest.approx((row.latency_s or 0) * 1e3)
        assert found["memory_requirement"] == pytest.approx((row.memory_bytes or 0) / 1e6)
        assert tuple(found["result_ids"]) == row.evidence.result_ids
        assert (found["weight_throughput"], found["weight_latency"]) == (0.5, 0.3)
        assert (found["profile"], found["flags"]) == ("default", ",".join(row.flags))


def test_date_is_that_of_the_newest_result(store: Store) -> None:
    """A score is dated by the newest result that it stands on, not by the clock."""
    assert pairs(store)[HERE.hardware]["last_updated"] == datetime(2026, 1, 2, 3, 4, 5)
    measure(store, "net", HERE, 1, 10.5, invocation=3, recorded_at="2027-01-01T00:00:00+00:00")
    calculate_scores(store)
    stored = pairs(store)
    assert stored[HERE.hardware]["last_updated"] == datetime(2027, 1, 1)
    assert stored[THERE.hardware]["last_updated"] == datetime(2026, 1, 2, 3, 4, 5)


def test_nothing_runs(store: Store) -> None:
    """Hardware on which nothing runs has no score, and a reason."""
    with journalling(store):
        measure(store, "huge", THERE, 1, 5.0)
        measure(store, "huge", HERE, 1, None, status="oom_host")
        measure(store, "alien", HERE, 1, None, status="timeout")
    calculate_scores(store)
    found = pairs(store, "huge")[HERE.hardware]
    assert (found["compatibility_score"], found["suitability_score"], found["rank"]) == (None, None, None)
    assert (found["n"], found["confidence"]) == (0, 0.0)
    assert found["notes"] == "out of memory at batch 1, fp32, eager"
    assert pairs(store, "huge")[THERE.hardware]["rank"] == 1
    assert pairs(store, "alien")[HERE.hardware]["compatibility_score"] is None


def test_every_group_has_its_own_scores(store: Store) -> None:
    """Another scenario or input shape of a model is scored apart."""
    measure(store, "net", HERE, 1, 3.0, cell={"scenario": "train_step"})
    calculate_scores(store)
    with store.reading() as connection:
        rows = connection.execute(
            "SELECT scenario, count(*) FROM hardware_model_compatibility c JOIN models m ON m.id = c.model_id"
            " WHERE m.name = 'net' GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    assert rows == [("forward", 2), ("train_step", 1)]
