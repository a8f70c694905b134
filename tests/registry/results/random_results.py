"""Results of every kind, drawn from a seed, in the tables of a store; and how to look at them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from fitment.registry.storage import database
from fitment.registry.storage.apply_results import insert_results
from fitment.registry.storage.rows import Row, as_table

SCHEMA = Path(database.__file__).with_name("schema.sql")
WHEN = datetime(2026, 1, 2)
STATUSES = ("ok",) * 12 + ("crashed", "oom_host", "timeout", "cancelled", "device_busy", "numerics_nan")


def result(number: int, **fields: Any) -> Row:
    """An ok result that has no figures but its throughput, with ``fields`` changed."""
    stated = {
        "id": number, "seq": number, "cell_key": "", "model": "net", "model_source": "module",
        "model_version": "", "scenario": "forward", "device_kind": "cpu", "hardware": "CPU",
        "input_shape": "3", "seed": 0, "protocol": 2, "batch": 1, "precision": "fp32",
        "compile_mode": "eager", "memory_format": "contiguous", "n_devices": 1, "threads": 0,
        "cache_state": "warm", "pinning": "none", "env_id": "e", "status": "ok", "recorded_at": WHEN,
        "event_at": WHEN, "provenance": "measured", "invocation": 0, "assumed": "", "flags": "",
        "throughput_unit": "samples/s", "throughput": 10.0,
    }  # fmt: skip
    return stated | fields


def random_results(seed: int, rows: int = 300) -> list[Row]:
    """Failures, missing figures, two protocols, imports and simulated runs among them."""
    draw = random.Random(seed)
    return [_random_result(draw, number) for number in range(1, rows + 1)]


def _random_result(draw: random.Random, number: int) -> Row:
    def some(share: float, value: Any) -> Any:
        return value if draw.random() < share else None

    def figure(scale: float) -> float:
        return scale * draw.choice((1.0, 3.0, draw.lognormvariate(0.0, 0.5)))

    source = some(0.2, draw.choice(("x.csv", "y.csv")))
    return result(
        number,
        model=draw.choice(("a", "b")),
        batch=draw.choice((1, 8, 64)),
        precision=draw.choice(("fp32", "fp32", "bf16")),
        env_id=draw.choice(("e", "e", "f")),
        protocol=draw.choice((1, 2, 2, 2)),
        provenance=draw.choice(("measured",) * 6 + ("imported", "simulated")),
        model_source=draw.choice(("module", "module", "zoo")),
        status=draw.choice(STATUSES),
        throughput=some(0.9, figure(100.0)),
        throughput_low=some(0.5, 1.0),
        throughput_high=some(0.5, 1e3),
        latency_p95_s=some(0.4, figure(0.3)),
        latency_p50_s=some(0.8, figure(0.1)),
        latency_p50_low_s=some(0.5, 0.01),
        latency_p50_high_s=some(0.5, 1.0),
        latency_mean_s=some(0.8, figure(0.1)),
        peak_memory_bytes=some(0.9, draw.choice((10**9, 2**40 + 1, draw.randrange(1, 2**40)))),
        memory_scope=some(0.95, draw.choice(("rss",) * 9 + ("allocator",))),
        energy_per_unit_j=some(0.7, draw.choice((0.0, figure(2.0)))),
        energy_source=some(0.9, draw.choice(("nvml",) * 9 + ("rapl",))),
        detail=some(0.3, draw.choice(("first", "second"))),
        source=source,
        source_line=source and some(0.7, draw.randrange(9)),
        assumed=draw.choice(("", "", "threads", "threads,precision")),
        flags=draw.choice(("", "", "noisy", "noisy,contended", "throttled")),
    )


@contextmanager
def tables_of(rows: list[Row]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that holds the results, as a store does."""
    with duckdb.connect() as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        if rows:
            insert_results(connection, [as_table(rows)])
        yield connection


def by_candidate(table: Any) -> dict[int, Row]:
    """The rows of an Arrow table by their candidate, each of which has one."""
    rows = table.to_pylist()
    found = {row["candidate_id"]: row for row in rows}
    assert len(found) == len(rows)
    return found


def ids(connection: duckdb.DuckDBPyConnection, condition: str) -> set[int]:
    """The candidates of which ``condition`` holds."""
    rows = connection.execute(f"SELECT id FROM candidates WHERE {condition}").fetchall()
    return {number for (number,) in rows}


def results_of(connection: duckdb.DuckDBPyConnection) -> dict[int, list[Row]]:
    """The results of each candidate that counts, in the order of their ids."""
    found: dict[int, list[Row]] = {}
    for row in connection.sql("FROM current_results ORDER BY id").to_arrow_table().to_pylist():
        found.setdefault(row["candidate_id"], []).append(row)
    return found


def usable(rows: Iterable[Row]) -> list[Row]:
    """Those that are ok and have a throughput."""
    return [row for row in rows if row["status"] == "ok" and row["throughput"] is not None]


def known(rows: Iterable[Row], name: str) -> list[Any]:
    """What those have of it that have it."""
    return [row[name] for row in rows if row[name] is not None]
