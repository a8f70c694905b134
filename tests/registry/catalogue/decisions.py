"""A store of two models, every kind of decision about them, and what to compare of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from fitment.registry.catalogue.aliases import remove_alias, set_alias
from fitment.registry.catalogue.naming import rename_model
from fitment.registry.catalogue.versions import add_version, delete_version
from fitment.registry.results.append import append_environment, append_measurement
from fitment.registry.results.link import link_results
from fitment.registry.results.retract import reinstate, retract
from fitment.registry.storage.store import Draft, Store

from tests.registry.empty_stores import empty_store
from tests.registry.storage import examples

# id -> model, declared version, batch
RESULTS = {
    1: ("resnet18", "", 1),
    2: ("resnet18", "", 2),
    3: ("resnet18", "", 4),
    4: ("resnet18", "v1", 8),
    5: ("resnet34", "", 1),
}


def measure(store: Store, model: str, version: str = "", batch: int = 1, **fields: Any) -> int:
    """The id of one more ok result."""
    row = examples.measured(batch, **fields)
    return append_measurement(store, replace(row, cell=replace(row.cell, model=model, model_version=version)))


def fill(path: Path) -> Store:
    """A store at ``path`` that holds RESULTS."""
    store = empty_store(path)
    append_environment(store, examples.ENVIRONMENT)
    assert [measure(store, *result) for result in RESULTS.values()] == list(RESULTS)
    return store


def snapshot(store: Store, tag: str = "v2") -> None:
    """A snapshot event as its writer composes it."""
    row = {
        "hardware": examples.ENVIRONMENT.hardware,
        "scenario": "forward",
        "input_shape": "3x224x224",
        "throughput_unit": "samples/s",
        "compatibility_score": 0.275,
        "suitability_score": None,
        "candidates": [{"batch": 1, "ids": [1]}],
    }
    body = {"actor": "a@b", "model": "resnet18", "tag": tag, "results_hash": "h", "metadata": None}
    store.decide(lambda _: Draft("snapshot", body | {"rows": [row, row | {"input_shape": "8"}]}, 2))


def decide_everything(store: Store) -> None:
    """Every kind of decision, with results in between that depend on them."""
    add_version(store, "resnet18", "v1", "1f3a", {"commit": "1f3a"})
    link_results(store, "resnet18", "v2", [1, 2])
    add_version(store, "resnet18", "v2", "2b", None)
    set_alias(store, "resnet18", "production", "v1")
    set_alias(store, "resnet18", "production", "v2")
    link_results(store, "resnet18", "v1", [2])
    snapshot(store)
    measure(store, "resnet18", "v2", 16)
    rename_model(store, "resnet18", "r18")
    measure(store, "resnet18", "", 32)
    link_results(store, "r18", "v3", [1])
    delete_version(store, "r18", "v3")
    remove_alias(store, "r18", "production")
    retract(store, [3, 5], "the machine was throttled")
    reinstate(store, [5], "it was not")
    measure(store, "r18", "v1", 64)


def query(store: Store, text: str, *values: object) -> list[Any]:
    """What a query gives."""
    with store.reading() as con:
        return con.execute(text, list(values)).fetchall()


def changes(store: Store) -> list[tuple[Any, ...]]:
    """The history without times and actors, the oldest first."""
    return query(
        store, "SELECT model, subject, action, from_value, to_value FROM history ORDER BY seq, rowid"
    )
