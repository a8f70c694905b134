"""Stores and sides with two versions of one model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from fitment.registry.answers import Estimate
from fitment.registry.catalogue.versions import add_version
from fitment.registry.changes.version_sides import Side
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store
from tests.registry.fit.estimates import GROUP
from tests.registry.fit.stores import HERE, THERE, journalling, measure


def side(tag: str, *estimates: Estimate) -> Side:
    """A side of current results."""
    group = replace(GROUP, model_version=tag)
    held = tuple(replace(e, group=group) for e in estimates)
    return Side(tag, None, None, len(held), 0, 0, held)


def run(store: Store, tag: str, batch: int, throughput: float | None, **fields: Any) -> int:
    """The id of a stored run of that version, here."""
    environment = fields.pop("environment", HERE)
    return measure(store, "net", environment, batch, throughput, cell={"model_version": tag}, **fields)


def fill(folder: Path) -> Store:
    """v1 on two machines; v2 here alone, half as fast and out of memory at batch 8; v3 without results."""
    store = empty_store(folder / "fitment.duckdb")
    with journalling(store):
        for invocation, throughput in enumerate((100.0, 101.0, 99.0)):
            run(store, "v1", 1, throughput, invocation=invocation)
            run(store, "v2", 1, throughput / 2, invocation=invocation)
        run(store, "v1", 8, 300.0)
        run(store, "v2", 8, None, status="oom_host")
        run(store, "v1", 8, 900.0, environment=THERE)
        run(store, "v1", 8, None, environment=THERE, status="crashed", invocation=1)
    for tag in ("v1", "v2", "v3"):
        add_version(store, "net", tag)
    return store
