"""Where candidates' figures lie, against plain Python over the same results."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np
import pytest
from fitment.kernels.resample_medians import REACHES
from fitment.registry.results.located import COLUMNS, PRECEDENCE, located
from fitment.registry.storage.rows import Row

from tests.registry.results.random_results import (
    by_candidate,
    known,
    random_results,
    result,
    results_of,
    tables_of,
    usable,
)

FIGURES = {
    "throughput": "throughput",
    "p95": "latency_p95_s",
    "p50": "latency_p50_s",
    "mean": "latency_mean_s",
    "memory": "peak_memory_bytes",
    "energy": "energy_per_unit_j",
}
JOINED = ("p95", "p50", "mean", "energy")


@pytest.fixture(scope="module", params=[1, 2])
def connection(request: pytest.FixtureRequest) -> Iterator[duckdb.DuckDBPyConnection]:
    with tables_of(random_results(request.param)) as connection:
        yield connection


def middle(values: list[float]) -> float | None:
    return statistics.median(values) if values else None


def squares(values: list[float]) -> float | None:
    logs = [math.log(value) for value in values]
    return math.fsum((y - math.fsum(logs) / len(logs)) ** 2 for y in logs) if logs else None


def place(row: Row) -> tuple[int, str]:
    listed = row["status"] in PRECEDENCE
    return PRECEDENCE.index(row["status"]) if listed else len(PRECEDENCE), row["status"]


def words(texts: list[str]) -> str:
    return ",".join(sorted({part for text in texts for part in text.split(",")} - {""}))


def around(values: list[float]) -> list[float | None]:
    if not values:
        return [None] * len(REACHES)
    levels = np.clip(0.5 + np.array(REACHES) / math.sqrt(len(values)), 0.0, 1.0)
    return [float(x) for x in np.quantile(values, levels)]


def figures(rows: list[Row]) -> dict[str, Any]:
    ok = [row | {"energy_per_unit_j": row["energy_per_unit_j"] or None} for row in usable(rows)]
    found: dict[str, Any] = {name: middle(known(ok, column)) for name, column in FIGURES.items()}
    found |= {f"{name}_squares": squares(known(ok, column)) for name, column in FIGURES.items()}
    found |= {f"{name}_around": around(known(ok, column)) for name, column in FIGURES.items()}
    for name in JOINED:
        both = [row["throughput"] * row[FIGURES[name]] for row in ok if row[FIGURES[name]] is not None]
        found[f"{name}_joint"] = squares(both)
    for name in ("memory", "energy"):
        if len(known(ok, FIGURES[name])) != len(ok):
            found[f"{name}_squares"] = None
    for name, column in (("throughput", "throughput"), ("p50", "latency_p50")):
        unit = "_s" if name == "p50" else ""
        found[f"{name}_inside_low"] = min(known(ok, f"{column}_low{unit}"), default=None)
        found[f"{name}_inside_high"] = max(known(ok, f"{column}_high{unit}"), default=None)
    return found


def counts(rows: list[Row]) -> dict[str, int]:
    ok = usable(rows)
    return {
        "n": len(ok),
        "n_tried": sum(row["status"] in PRECEDENCE for row in rows),
        **{f"n_{name}": len(known(ok, FIGURES[name])) for name in ("p95", "p50", "mean")},
        "n_origins": len(known(rows, "source")),
    }


def sayings(rows: list[Row]) -> dict[str, Any]:
    ok, standing = usable(rows), min(place(row) for row in rows)
    found: dict[str, Any] = {"status": standing[1]}
    for name in ("memory_scope", "energy_source"):
        distinct = set(known(ok, name))
        found[name] = distinct.pop() if len(distinct) == 1 else None
    why = min(((place(row)[0], row["detail"]) for row in rows if row["detail"]), default=(None, None))
    found["detail"] = why[1] if why[0] == standing[0] else None
    origins = [(row["source"], row["source_line"]) for row in rows if row["source"]]
    last = math.inf  # a line that is not known comes after all others
    found["file"], found["line"] = min(
        origins,
        key=lambda origin: (origin[0], last if origin[1] is None else origin[1]),
        default=(None, None),
    )
    seeded = ["speed_only"] if any(row["model_source"] in ("zoo", "published") for row in ok) else []
    found["assumed"] = words([row["assumed"] for row in rows])
    found["flags"] = words([row["flags"] for row in rows] + seeded)
    return found


def near(value: Any) -> Any:
    """The same up to rounding; of a list each of its values."""
    if isinstance(value, list):
        return [near(each) for each in value]
    return None if value is None else pytest.approx(value, rel=1e-12, abs=1e-18)


def test_every_column_of_random_results(connection: duckdb.DuckDBPyConnection) -> None:
    """Each candidate that counts has one row; every figure, count and word of it is that of its results."""
    found, expected = by_candidate(located(connection, None)), results_of(connection)
    assert found.keys() == expected.keys()
    assert any(len(usable(rows)) > 2 for rows in expected.values())
    for candidate, rows in expected.items():
        row = found[candidate]
        assert {name: row[name] for name in counts(rows)} == counts(rows)
        assert {name: row[name] for name in sayings(rows)} == sayings(rows)
        for name, value in figures(rows).items():
            assert row[name] == near(value), name
        assert (
            set(row) == {"candidate_id"} | counts(rows).keys() | sayings(rows).keys() | figures(rows).keys()
        )


def test_of_one_model(connection: duckdb.DuckDBPyConnection) -> None:
    """Its candidates are the same as among those of all; an unknown model has none."""
    every, own = by_candidate(located(connection, None)), by_candidate(located(connection, "b"))
    named = dict(connection.execute("SELECT DISTINCT candidate_id, model FROM current_results").fetchall())
    assert own == {number: row for number, row in every.items() if named[number] == "b"}
    assert located(connection, "another").num_rows == 0


def test_a_store_without_results() -> None:
    """It has all columns and no row."""
    with tables_of([]) as connection:
        found = located(connection, None)
    assert (tuple(found.column_names), found.num_rows) == (COLUMNS, 0)


def test_simulated_and_superseded_results_are_not_located() -> None:
    """What was simulated has no candidate; what an older protocol measured no longer counts."""
    rows = [
        result(1, protocol=1, throughput=1.0),
        result(2, protocol=2, throughput=2.0),
        result(3, provenance="simulated", throughput=3.0),
    ]
    with tables_of(rows) as connection:
        (found,) = located(connection, None).to_pylist()
    assert (found["n"], found["throughput"]) == (1, 2.0)


def test_the_same_bits_in_any_order() -> None:
    """Sums are taken in the order of the values, so that the order of results leaves no trace."""
    figures = [0.1 * 1.07**i for i in range(25)]
    found = []
    for order in (figures, figures[::-1]):
        with tables_of([result(i, throughput=x) for i, x in enumerate(order, 1)]) as connection:
            found.append(located(connection, None).to_pylist())
    assert found[0] == found[1]
