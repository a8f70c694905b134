"""Small stores of every kind of event, and what to compare of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from fitment.registry.records import Cell, Configuration, Environment, Measurement
from fitment.registry.results import append
from fitment.registry.storage import database
from fitment.registry.storage.store import Store

ENVIRONMENT = Environment(
    "cpu", "Test CPU, 2 cores", host="here", torch="2.13.0", device_memory_bytes=8 << 30
)
PUBLISHED = Environment("cuda", "Test GPU, 24 GiB", torch="2.4.0", device_memory_bytes=24 << 30)


def measured(batch: int = 1, **fields: Any) -> Measurement:
    """An ok measurement on the CPU, with ``fields`` changed."""
    cell = Cell(
        model="resnet18",
        model_source="zoo",
        model_version="",
        scenario="forward",
        device_kind="cpu",
        hardware=ENVIRONMENT.hardware,
        input_shape="3x224x224",
        configuration=Configuration(batch, "fp32", "eager"),
    )
    ok = Measurement(cell, ENVIRONMENT.id, "ok", "2026-01-02T03:04:05+00:00", throughput=10.0 * batch)
    return replace(ok, latency_p50_s=0.1, peak_memory_bytes=1000 * batch, parameters=11689512, **fields)


def imported(line: int, **fields: Any) -> Measurement:
    """A row of a published file, known by its line."""
    row = measured(line)
    cell = replace(row.cell, model=f"net{line % 3}", model_source="published", device_kind="cuda")
    cell = replace(cell, hardware=PUBLISHED.hardware)
    known = {"provenance": "imported", "source": "pub.csv", "source_line": line, "row_key": f"key{line}"}
    return replace(row, cell=cell, env_id=PUBLISHED.id, parameters=None, **known | fields)


def import_lines(store: Store, lines: range, file: str = "pub.csv") -> append.ImportOutcome:
    """The outcome of importing these lines as ``file``, one line of it rejected."""
    return append.append_import(
        store,
        importer="timm",
        file=file,
        file_sha256=f"sha of {file} {lines}",
        rows=[imported(line) for line in lines],
        environments=[PUBLISHED],
        rejects=[append.Reject(99, "empty metrics")],
    )


def fill(path: Path) -> Store:
    """A store at ``path`` that holds every kind of event: a failure, samples of both sizes, imports."""
    store = Store.open(path, create=True)
    append.append_environment(store, ENVIRONMENT)
    sweep = append.SweepRecord("s1", "quick", "2026-01-02T03:04:05+01:00", "name = 1", "cafe", None, True, 1)
    append.append_sweep(store, sweep)
    append.append_measurement(store, measured(1, sweep_id="s1"), np.linspace(0.1, 0.2, 50))
    append.append_measurement(store, measured(2), np.linspace(0.1, 0.2, 5000))
    failed = {"throughput": None, "latency_p50_s": None, "peak_memory_bytes": None}
    append.append_measurement(store, replace(measured(4), status="oom_host", detail="4 GiB", **failed))
    append.append_measurement(store, measured(8, flags="noisy", throughput=float("nan")))
    import_lines(store, range(5, 9), "subset.csv")
    import_lines(store, range(1, 13))
    return store


def tables(path: Path) -> dict[str, list[Any]]:
    """All rows of all tables of the database, in a fixed order."""
    with database.connect(path, read_only=True, wait_s=10) as con:
        return {
            table: sorted(con.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)
            for table in database.tables(con)
        }


def differing(left: dict[str, list[Any]], right: dict[str, list[Any]]) -> list[str]:
    """The names of the tables that are not the same on both sides."""
    return [table for table in sorted(left.keys() | right.keys()) if left.get(table) != right.get(table)]


def results(path: Path) -> list[int]:
    """The ids of all results that the database holds."""
    with database.connect(path, read_only=True, wait_s=10) as con:
        return [key for (key,) in con.execute("SELECT id FROM performance_results ORDER BY id").fetchall()]


def log(path: Path) -> Path:
    """The journal's log beside the database."""
    return path.with_suffix(".journal") / "events.log"
