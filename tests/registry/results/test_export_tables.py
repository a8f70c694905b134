"""What a store holds, as tables for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from fitment.registry.errors import NoResultsError, UnknownNameError
from fitment.registry.fit.suitability import calculate_scores
from fitment.registry.results.export_tables import READABLE, WHAT, readable, selected
from fitment.registry.results.retract import retract
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store
from tests.registry.fit.stores import HERE, THERE, fill, measure


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two machines, scored; then one result retracted, one of a hostile model, none of them in the scores."""
    store = fill(tmp_path_factory.mktemp("exported"))
    calculate_scores(store)
    retract(store, [4], "a fan stood still")
    measure(store, "ne[t]*\\", HERE, 1, 2.0)
    return store


@pytest.fixture
def con(store: Store) -> Iterator[duckdb.DuckDBPyConnection]:
    with store.reading() as con:
        yield con


def rows(con: duckdb.DuckDBPyConnection, what: str, **asked: str) -> list[dict[str, Any]]:
    return [row for batch in selected(con, what, **asked).batches for row in batch.to_pylist()]


def test_results_are_all_there(con: duckdb.DuckDBPyConnection) -> None:
    """Failures and retracted results as well, in the order of their ids, each with its environment."""
    found = rows(con, "results")
    assert [row["result_id"] for row in found] == list(range(1, 11))
    assert all(row["env_id"] in (HERE.id, THERE.id) for row in found)
    assert found[4]["status"] == "oom_host"
    assert found[4]["throughput"] is None
    assert [row["retracted"] for row in found if row["retracted"]] == ["a fan stood still"]
    assert found[0]["recorded_at"].isoformat() == "2026-01-02T03:04:05+00:00"


def test_estimates_are_those_of_now(con: duckdb.DuckDBPyConnection) -> None:
    """Where the stored ones are behind they are made in memory: without the retracted, with the newest."""
    found = rows(con, "estimates")
    assert "ne[t]*\\" in {row["model"] for row in found}
    assert all(4 not in row["result_ids"] for row in found)
    three = next(row for row in found if row["result_ids"] == [1, 2, 3])
    assert three["latency_low_s"] < three["latency_p50_s"] < three["latency_high_s"]


def test_scores_say_how_far_behind_they_are(con: duckdb.DuckDBPyConnection) -> None:
    """Stored scores know events up to a point; every row has ids, environment and units in its names."""
    selection = selected(con, "scores")
    assert selection.behind == 2
    found = [row for batch in selection.batches for row in batch.to_pylist()]
    assert len(found) == selection.count == 3
    assert all(row["result_ids"] and row["env_id"] for row in found)
    assert found[0]["memory_requirement_mb"] == 200.0


@pytest.mark.parametrize("what", WHAT)
def test_what_a_person_reads_is_part_of_it(con: duckdb.DuckDBPyConnection, what: str) -> None:
    """The readable columns exist, and environment and result ids are among them."""
    selection = readable(selected(con, what))
    assert tuple(selection.schema.names) == READABLE[what]
    assert what != "results" or {"retracted", "linked_version"} <= set(READABLE[what])
    assert {"env_id", "result_id" if what == "results" else "result_ids"} <= set(READABLE[what])
    assert sum(batch.num_rows for batch in selection.batches) == selection.count


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({"model": "net"}, [1, 2, 3, 4, 5, 6, 7, 8]),
        ({"model": "ne*"}, [1, 2, 3, 4, 5, 6, 7, 8, 10]),
        ({"model": "zoo:other"}, [9]),
        ({"hardware": "Small CPU, 2 cores"}, [1, 2, 3, 4, 5, 10]),
        ({"hardware": "*64 cores", "model": "?et"}, [6, 7, 8]),
    ],
)
def test_filters(con: duckdb.DuckDBPyConnection, asked: dict[str, str], ids: list[int]) -> None:
    """A plain name is one stored name; * and ? make a pattern."""
    assert [row["result_id"] for row in rows(con, "results", **asked)] == ids


def test_what_is_not_there(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """A slip of the pen, a pattern that nothing is like, and scores that nobody made, are named."""
    with pytest.raises(NoResultsError, match=r"did you mean other\?"):
        selected(con, "results", model="ohter")
    with pytest.raises(UnknownNameError, match=r"did you mean Small CPU, 2 cores\?"):
        selected(con, "results", hardware="Small CPU 2 cores")
    with pytest.raises(NoResultsError, match=r"no results of x\* on y\?"):
        selected(con, "results", model="x*", hardware="y?")
    store = empty_store(tmp_path / "fitment.duckdb")
    measure(store, "net", HERE, 1, 2.0)
    with store.reading() as fresh, pytest.raises(NoResultsError, match="calculate-scores"):
        selected(fresh, "scores")
