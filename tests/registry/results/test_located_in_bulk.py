"""Located by compiled kernels: the same numbers and words as in SQL."""

from __future__ import annotations

import pytest
from fitment.registry.results import located_in_bulk as bulk
from fitment.registry.results.interval_columns import STATISTICS
from fitment.registry.results.located import COLUMNS, JOINED, SPREAD, located
from fitment.registry.storage.rows import Row

from tests.registry.results.random_results import by_candidate, ids, random_results, result, tables_of

INSIDE = tuple(name for name in COLUMNS if "_inside_" in name)
SQUARES = (*(f"{name}_squares" for name in SPREAD), *(f"{name}_joint" for name in JOINED))
AROUND = tuple(name for name in COLUMNS if name.endswith("_around"))
SAME = tuple(name for name in COLUMNS if name not in (*INSIDE, *SQUARES, *AROUND))


def compared(row: Row) -> tuple[str, ...]:
    """The sums of squares that something is made of: of latencies those of the first that the most have."""
    used = max(STATISTICS, key=lambda name: row[f"n_{name}"])
    unused = {name for name in STATISTICS if name != used}
    return tuple(name for name in SQUARES if name.partition("_")[0] not in unused)


def agrees(rows: list[Row]) -> None:
    with tables_of(rows) as connection:
        table, expected = bulk.located_in_bulk(connection), by_candidate(located(connection, None))
        found, superseded = by_candidate(table), ids(connection, "superseded")
    assert tuple(table.column_names) == COLUMNS
    assert found.keys() == expected.keys() | superseded
    for candidate, row in expected.items():
        own = found[candidate]
        assert {name: own[name] for name in SAME} == {name: row[name] for name in SAME}
        for name in compared(row):
            near = None if row[name] is None else pytest.approx(row[name], rel=1e-9, abs=1e-24)
            assert own[name] == near, name
        for name in AROUND:
            near = [None if x is None else pytest.approx(x, rel=1e-12) for x in row[name]]
            assert own[name] == near, name
        if row["n"] == 1:
            assert {name: own[name] for name in INSIDE} == {name: row[name] for name in INSIDE}


@pytest.mark.parametrize(
    ("seed", "rows", "size", "threads"),
    [
        (1, 300, 2**20, 2),  # all in one range, so that one thread has nothing to do
        (2, 300, 40, 1),  # one thread takes range after range, in the same room
        (3, 300, 40, 2),
        (4, 60, 1, 2),  # a range for each candidate
        (5, 5000, 900, 3),
    ],
)
def test_random_results(
    monkeypatch: pytest.MonkeyPatch, seed: int, rows: int, size: int, threads: int
) -> None:
    """Counts, medians and words are equal, sums of squares up to their rounding, however it is shared out."""
    monkeypatch.setattr(bulk, "ROWS", size)
    monkeypatch.setattr(bulk, "THREADS", threads)
    agrees(random_results(seed, rows))


def test_nothing_but_failures() -> None:
    """Candidates that never ran have their status, and figures of none."""
    agrees([result(i, batch=i, status="oom_host", throughput=None, detail="full") for i in range(1, 5)])


def test_nothing_that_was_tried() -> None:
    """Neither an empty store nor one of simulated runs alone has any row."""
    for rows in ([], [result(1, provenance="simulated")]):
        with tables_of(rows) as connection:
            found = bulk.located_in_bulk(connection)
        assert (tuple(found.column_names), found.num_rows) == (COLUMNS, 0)


def test_far_ids_take_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Candidates that have been numbered anew leave gaps, which ranges do not reach across."""
    monkeypatch.setattr(bulk, "ROWS", 100)
    with tables_of(random_results(6, 60)) as connection:
        for table, column in (("candidates", "id"), ("performance_results", "candidate_id")):
            connection.execute(f"UPDATE {table} SET {column} = {column} * 40000000 WHERE {column} > 5")
        counts = connection.execute(bulk._COUNTS).fetchnumpy()
        ranges = bulk._ranges(counts["candidate_id"], counts["rows"])
        assert sum(each.rows for each in ranges) == counts["rows"].sum()
        assert max(each.last - each.first for each in ranges) < 100
        assert (
            by_candidate(bulk.located_in_bulk(connection)).keys()
            >= by_candidate(located(connection, None)).keys()
        )
