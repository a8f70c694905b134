"""The numbers of a range of candidates, read into room that is used again."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np
import pytest
from fitment.registry.results import range_numbers as module
from fitment.registry.results.kind_words import stored_kinds
from fitment.registry.results.range_numbers import Numbers, Room, range_numbers

from tests.registry.results.random_results import random_results, result, tables_of

ROWS = 3000


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with tables_of(random_results(8, ROWS)) as connection:
        yield connection


def numbers(connection: duckdb.DuckDBPyConnection, room: Room, first: int, last: int) -> Numbers:
    return range_numbers(connection, room, stored_kinds(connection), first, last)


def same(left: Numbers, right: Numbers) -> None:
    assert left.keys() == right.keys()
    for name in left:
        np.testing.assert_array_equal(left[name], right[name], err_msg=name)


def test_room_that_was_used_leaves_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    """A range in a room that held a larger one has the numbers that it has in a room of its own."""
    room = Room(ROWS)
    whole = numbers(connection, room, 1, 40)
    kept = {name: column.copy() for name, column in whole.items()}
    part = numbers(connection, room, 11, 20)
    same(part, numbers(connection, Room(ROWS), 11, 20))
    same(whole, kept)  # what was handed out is no part of the room
    for name in part:
        if not name.endswith(("_squares", "_joint")):
            np.testing.assert_array_equal(part[name], whole[name][10:20], err_msg=name)


def test_rows_are_taken_over_in_batches(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many are read at a time, the numbers are the same."""
    whole = numbers(connection, Room(ROWS), 1, 40)
    monkeypatch.setattr(module, "BATCH", 100)
    same(whole, numbers(connection, Room(ROWS), 1, 40))


def test_what_is_missing() -> None:
    """Neither failures nor missing figures count; energy of 0 was not measured; ids may be gone."""
    rows = [
        result(1, latency_p50_s=0.1, peak_memory_bytes=100, energy_per_unit_j=0.0),
        result(2, throughput=20.0, latency_p50_s=0.3, energy_per_unit_j=4.0),
        result(3, throughput=None, latency_p50_s=9.0),
        result(4, status="crashed", throughput=99.0),
        result(5, status="cancelled", throughput=None),
    ]
    with tables_of(rows) as connection:
        found = numbers(connection, Room(5), 1, 2)
    around = {name: column for name, column in found.items() if name.endswith("_around")}
    first = {name: column[0] for name, column in found.items() if name not in ("kinds", *around)}
    logs = 0.5 * np.log(2.0) ** 2, 0.5 * np.log(3.0) ** 2
    expected = {
        "candidate_id": 1, "n": 2, "n_tried": 4, "n_p95": 0, "n_p50": 2, "n_mean": 0, "throughput": 15.0,
        "p95": np.nan, "p50": 0.2, "mean": np.nan, "memory": 100.0, "energy": 4.0,
        "throughput_squares": logs[0], "p95_squares": np.nan, "p50_squares": logs[1],
        "mean_squares": np.nan, "memory_squares": np.nan, "energy_squares": np.nan,
        "p95_joint": np.nan, "p50_joint": 0.5 * np.log(6.0) ** 2, "mean_joint": np.nan, "energy_joint": 0.0,
    }  # fmt: skip
    assert first == pytest.approx(expected, rel=1e-12, nan_ok=True)
    assert around["throughput_around"][0] == pytest.approx([10.0, 11.464466, 18.535534, 20.0])
    assert found["n"].tolist() == [2, 0]
    assert np.isnan(found["throughput"][1])
    assert not found["kinds"][1].any()
