"""Real stores with two machines."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from fitment.registry.records import Cell, Configuration, Environment, Measurement
from fitment.registry.results.append import append_environment, append_measurement
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store

HERE = Environment(
    "cpu", "Small CPU, 2 cores", host=socket.gethostname(), torch="2.13.0", device_memory_bytes=8 << 30
)
THERE = Environment(
    "cpu", "Large CPU, 64 cores", host="elsewhere", torch="2.13.0", device_memory_bytes=64 << 30
)


def measurement(
    model: str, environment: Environment, batch: int, throughput: float | None, **fields: Any
) -> Measurement:
    """A run: ok with that throughput, or, with None, without figures; ``cell`` fields go into the cell."""
    cell = Cell(
        model=model,
        model_source="zoo",
        model_version="",
        scenario="forward",
        device_kind=environment.device_kind,
        hardware=environment.hardware,
        input_shape="3x224x224",
        configuration=Configuration(batch, "fp32", "eager"),
    )
    cell = replace(cell, **fields.pop("cell", {}))
    run = Measurement(cell, environment.id, "ok", "2026-01-02T03:04:05+00:00")
    if throughput is not None:
        run = replace(
            run,
            throughput=throughput,
            latency_p50_s=batch / throughput,
            latency_mean_s=batch / throughput,
            peak_memory_bytes=10**8 * (batch + 1),
            memory_scope="rss",
        )
    return replace(run, **fields)


def measure(
    store: Store, model: str, environment: Environment, batch: int, throughput: float | None, **fields: Any
) -> int:
    """The id of a stored run."""
    append_environment(store, environment)
    return append_measurement(store, measurement(model, environment, batch, throughput, **fields))


@contextmanager
def journalling(store: Store) -> Iterator[None]:
    """What is measured inside is only journalled, as while another holds the database; applied later."""
    with store.reading():
        yield


def fill(folder: Path) -> Store:
    """Two machines with one model at three batches, the smaller one out of memory at the largest."""
    store = empty_store(folder / "fitment.duckdb")
    with journalling(store):
        for invocation, throughput in enumerate((10.0, 12.0, 11.0)):
            measure(store, "net", HERE, 1, throughput, invocation=invocation)
        measure(store, "net", HERE, 8, 30.0)
        measure(store, "net", HERE, 64, None, status="oom_host")
        for batch, fast in ((1, 100.0), (8, 500.0), (64, 900.0)):
            measure(store, "net", THERE, batch, fast)
        measure(store, "other", THERE, 1, 1.0)
    return store


def copy(store: Store, folder: Path) -> Store:
    """The same store again, in another folder."""
    target = folder / store.path.name
    shutil.copyfile(store.path, target)
    shutil.copytree(store.path.with_suffix(".journal"), target.with_suffix(".journal"))
    return Store.open(target)
