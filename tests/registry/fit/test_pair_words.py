"""Words of stored scores; ``test_best_rows.py`` holds them to those of single answers on random stores."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fitment.registry.fit.suitability import calculate_scores
from fitment.registry.records import Configuration, Environment
from fitment.registry.storage.store import Store

from tests.registry.fit.stores import HERE, THERE, journalling, measure

GPU = Environment("cuda", "NVIDIA GeForce RTX 3090, 24 GiB", host="gpu", torch="2.13.1")


def words(store: Store, model: str) -> dict[str, tuple[str, str | None]]:
    """(flags, notes) of a model's pairs by hardware."""
    calculate_scores(store)
    with store.reading() as connection:
        rows = connection.execute(
            "SELECT h.name, c.flags, c.notes FROM hardware_model_compatibility c"
            " JOIN models m ON m.id = c.model_id JOIN hardware_platforms h ON h.id = c.hardware_id"
            " WHERE m.name = ?",
            [model],
        ).fetchall()
    return {name: (flags, notes) for name, flags, notes in rows}


def test_a_faster_configuration_outside(unscored_store: Store) -> None:
    """It is named with how much faster it is and who lacks it; a slower one is not."""
    store = unscored_store
    with journalling(store):
        measure(store, "wide", HERE, 1, 10.0)
        measure(store, "wide", HERE, 8, 9.0)
        measure(store, "wide", THERE, 1, 20.0)
        measure(store, "wide", THERE, 64, 102.0)
    assert words(store, "wide") == {
        HERE.hardware: ("speed_only", None),
        THERE.hardware: ("speed_only", f"batch 64: 5.1x throughput, not measured on {HERE.hardware}"),
    }


def test_nothing_in_common(unscored_store: Store) -> None:
    """Each row says in what it differs from rank 1's; where batch alone does, the flag is all."""
    store = unscored_store
    half: dict[str, Any] = {"configuration": Configuration(1, "bf16", "eager")}
    with journalling(store):
        measure(store, "apart", HERE, 1, 10.0, cell=half)
        measure(store, "apart", THERE, 1, 20.0)
        measure(store, "batches", HERE, 1, 10.0)
        measure(store, "batches", THERE, 8, 20.0)
    assert words(store, "apart") == {
        HERE.hardware: ("no_common_configuration,speed_only", "bf16 where rank 1 has fp32"),
        THERE.hardware: ("no_common_configuration,speed_only", None),
    }
    assert {notes for _, notes in words(store, "batches").values()} == {None}


def test_flags_of_rivals(unscored_store: Store) -> None:
    """Alone; with another torch than most; with a capacity that only the catalogue knows."""
    store = unscored_store
    with journalling(store):
        measure(store, "alone", replace(HERE, torch="2.12.0"), 1, 10.0)
        measure(store, "scopes", HERE, 1, 10.0)
        measure(store, "scopes", GPU, 1, 90.0, memory_scope="allocator")
        for environment in (HERE, GPU, replace(THERE, torch="2.4.0")):
            measure(store, "mixed", environment, 1, 10.0)
    assert words(store, "alone") == {HERE.hardware: ("single,speed_only", None)}
    assert words(store, "scopes")[GPU.hardware] == ("catalogue,speed_only", None)
    assert words(store, "scopes")[HERE.hardware] == ("speed_only", None)
    assert words(store, "mixed")[THERE.hardware] == ("software_mismatch,speed_only", None)
    assert words(store, "mixed")[GPU.hardware] == ("speed_only", None)
