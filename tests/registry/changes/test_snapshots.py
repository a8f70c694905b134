from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fitment.registry.catalogue.aliases import set_alias
from fitment.registry.changes.snapshots import create_snapshot
from fitment.registry.errors import NoResultsError, UnknownNameError
from fitment.registry.fit.suitability import calculate_scores
from fitment.registry.results.link import link_results
from fitment.registry.results.retract import retract
from fitment.registry.storage.rebuild import rebuild
from fitment.registry.storage.store import Store

from tests.registry.changes.versions import fill, run
from tests.registry.fit.stores import copy


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two versions with results and one without. Not to be changed."""
    return fill(tmp_path_factory.mktemp("filled"))


@pytest.fixture
def store(filled: Store, tmp_path: Path) -> Store:
    return copy(filled, tmp_path)


def rows(store: Store) -> list[tuple[Any, ...]]:
    with store.reading() as con:
        return con.execute("SELECT * FROM hardware_compatibility_snapshots ORDER BY id").fetchall()


def test_a_row_for_each_hardware(store: Store) -> None:
    """Its scores are those that calculate_scores stores for that version; its id is that of its first row."""
    made = create_snapshot(store, "net", "v1", {"why": "release"})
    assert (made.tag, made.rows, made.results, made.repeated) == ("v1", 2, 6, False)
    calculate_scores(store)
    with store.reading() as con:
        kept = con.execute(
            """SELECT hardware_id, scenario, input_shape, throughput_unit, compatibility_score,
                   suitability_score FROM hardware_compatibility_snapshots
               WHERE snapshot_id = ? AND version_tag = 'v1' ORDER BY hardware_id""",
            [made.id],
        ).fetchall()
        scored = con.execute(
            """SELECT hardware_id, scenario, input_shape, throughput_unit, compatibility_score,
                   suitability_score FROM hardware_model_compatibility
               WHERE model_version = 'v1' ORDER BY hardware_id"""
        ).fetchall()
        metadata = con.execute("SELECT DISTINCT metadata FROM hardware_compatibility_snapshots").fetchall()
    assert kept == scored
    assert json.loads(metadata[0][0]) == {"why": "release"}


def test_candidates_hold_what_was_measured(store: Store) -> None:
    """Each configuration with its figures, processes and results, failures included; the others apart."""
    create_snapshot(store, "net", "v2")
    with store.reading() as con:
        ((text,),) = con.execute("SELECT candidates FROM hardware_compatibility_snapshots").fetchall()
    one, eight = json.loads(text)
    assert (one["batch"], one["status"], one["n"], one["throughput"]) == (1, "ok", 3, 50.0)
    assert [p["throughput"] for p in one["processes"]] == [49.5, 50.0, 50.5]
    assert one["latency_statistic"] == "p50"
    assert one["result_ids"] == [2, 4, 6]
    assert (eight["status"], eight["throughput"], eight["result_ids"]) == ("oom_host", None, [8])


def test_failures_beside_a_success_are_kept(store: Store) -> None:
    """The results that a figure does not stand on are named as well."""
    create_snapshot(store, "net", "v1")
    with store.reading() as con:
        found = con.execute(
            """SELECT candidates FROM hardware_compatibility_snapshots JOIN hardware_platforms h
               ON h.id = hardware_id WHERE h.name LIKE 'Large%'"""
        ).fetchall()
    (entry,) = json.loads(found[0][0])
    assert (entry["result_ids"], entry["other_ids"]) == ([9], [10])


def test_the_same_results_make_no_second_one(store: Store) -> None:
    """Repeating gives the snapshot that is there; one more result makes another."""
    first = create_snapshot(store, "net", "v1")
    again = create_snapshot(store, "net", "v1")
    assert (again.id, again.rows, again.results, again.repeated) == (first.id, 2, 6, True)
    assert len(rows(store)) == 2
    run(store, "v1", 1, 100.0, invocation=9)
    later = create_snapshot(store, "net", "v1")
    assert (later.repeated, later.results) == (False, 7)
    assert later.id > first.id


def test_only_the_newest_one_counts_as_the_same(store: Store) -> None:
    """Results that come and are retracted again make a third: a comparison reads the newest."""
    first = create_snapshot(store, "net", "v2")
    later = run(store, "v2", 1, 9.0, invocation=9)
    create_snapshot(store, "net", "v2")
    retract(store, [later], reason="wrong clock")
    third = create_snapshot(store, "net", "v2")
    assert (third.repeated, third.results) == (False, first.results)


def test_each_version_has_its_own(store: Store) -> None:
    """Snapshots of two versions hold different results."""
    ids = [create_snapshot(store, "net", tag).id for tag in ("v1", "v2")]
    kept = rows(store)
    assert len({row[-5] for row in kept}) == 2  # version_id
    assert len(set(ids)) == 2


def test_nothing_changes_it(store: Store) -> None:
    """Neither a retraction, a moved result nor a new one; and a rebuild gives the same rows."""
    create_snapshot(store, "net", "v1")
    before = rows(store)
    declared = run(store, "", 1, 77.0)
    link_results(store, "net", "v1", [declared])
    retract(store, [1], reason="wrong clock")
    run(store, "v1", 8, 1.0, invocation=5)
    assert rows(store) == before
    rebuild(store.path)
    assert rows(Store.open(store.path)) == before


def test_an_alias_stands_for_its_version(store: Store) -> None:
    """The snapshot is of the version that the alias points to."""
    set_alias(store, "net", "production", "v2")
    assert create_snapshot(store, "net", "production").tag == "v2"


def test_unknown_names_make_nothing(store: Store) -> None:
    """A model, a version that is not there, a version without results: one line each with the way out."""
    with pytest.raises(NoResultsError, match="no results of nett: did you mean net"):
        create_snapshot(store, "nett", "v1")
    with pytest.raises(UnknownNameError, match=r"no version v9 of net.*v1, v2, v3"):
        create_snapshot(store, "net", "v9")
    with pytest.raises(NoResultsError, match=r"version v3 of net has no results.*link-tests"):
        create_snapshot(store, "net", "v3")
    assert rows(store) == []
