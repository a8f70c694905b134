from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fitment.registry.answers import Estimate
from fitment.registry.catalogue.naming import find_model, rename_model
from fitment.registry.changes.snapshots import create_snapshot
from fitment.registry.changes.version_sides import Side, find_side
from fitment.registry.results.retract import retract
from fitment.registry.storage.store import Store

from tests.registry.changes.versions import fill, run


def side(store: Store, tag: str, model: str = "net", *, live: bool = False) -> Side:
    with store.reading() as con:
        return find_side(con, find_model(con, model), tag, live=live)


def key(e: Estimate) -> str:
    return repr((e.group, e.hardware, e.env_id, e.configuration))


def as_kept(e: Estimate) -> Estimate:
    """Without the summary of its processes, which a snapshot keeps themselves."""
    return replace(e, spread=None)


def test_a_snapshot_says_the_same_as_the_results_it_was_made_of(tmp_path: Path) -> None:
    """Every estimate is equal, its processes too, whatever came, was retracted or renamed since.

    The newest one counts.
    """
    store = fill(tmp_path)
    before = side(store, "v1")
    assert (before.snapshot, before.made_at, before.results) == (None, None, 6)
    first = create_snapshot(store, "net", "v1")
    kept = side(store, "v1")
    assert any(e.processes for e in kept.estimates)
    assert sorted(kept.estimates, key=key) == sorted(map(as_kept, before.estimates), key=key)
    run(store, "v1", 2, 5.0)
    retract(store, [1, 3], reason="wrong clock")
    now = side(store, "v1")
    assert (now.snapshot, now.results, now.since, now.gone) == (first.id, 6, 1, 2)
    assert now.estimates == kept.estimates
    assert side(store, "v1", live=True).results == 5
    newer = create_snapshot(store, "net", "v1")
    assert (side(store, "v1").snapshot, side(store, "v1").since) == (newer.id, 0)
    rename_model(store, "net", "net2")
    assert {e.group.model for e in side(store, "v1", "net2").estimates} == {"net2"}
