"""Decisions into rows."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from fitment.registry.errors import NewerStoreError
from fitment.registry.storage import apply, database, journal, rebuild
from fitment.registry.storage.apply_decisions import ids_in_words
from fitment.registry.storage.store import Store

from tests.registry.catalogue import decisions
from tests.registry.empty_stores import empty_store
from tests.registry.storage import examples


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with every kind of decision; not to be changed."""
    store = decisions.fill(tmp_path_factory.mktemp("decided") / "x.duckdb")
    decisions.decide_everything(store)
    return store


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fresh")
    store = empty_store(folder / "x.duckdb")
    for batch in (1, 2):
        decisions.measure(store, "m", "", batch)
    return folder


@pytest.fixture
def fresh(made_once: Path, tmp_path: Path) -> Store:
    """A store with two results of one model."""
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    return Store.open(tmp_path / "x.duckdb")


def test_each_decision_leaves_its_history(decided: Store) -> None:
    """Every change says what it was from and to; models stand under the name that they had then."""
    old, new = "resnet18", "r18"
    assert decisions.changes(decided) == [
        (old, "version v1", "added", None, "1f3a"),
        (old, "version v2", "added", None, None),
        (old, "result 1", "linked", None, "v2"),
        (old, "result 2", "linked", None, "v2"),
        (old, "version v2", "described", None, "hash"),
        (old, "alias production", "added", None, "v1"),
        (old, "alias production", "moved", "v1", "v2"),
        (old, "result 2", "moved", "v2", "v1"),
        (old, "version v2", "snapshot", None, "snapshot 8"),
        (old, "model", "renamed", old, new),
        (new, "version v3", "added", None, None),
        (new, "result 1", "moved", "v2", "v3"),
        (new, "version v3", "deleted", "results 1", None),
        (new, "alias production", "deleted", "v2", None),
        (new, "result 3", "retracted", None, "the machine was throttled"),
        ("resnet34", "result 5", "retracted", None, "the machine was throttled"),
        ("resnet34", "result 5", "reinstated", "the machine was throttled", "it was not"),
    ]


def test_rows_do_not_depend_on_how_decisions_are_batched(
    decided: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One event a transaction, some, or all in one give the same rows and ids as they had when they came."""
    held = examples.tables(decided.path)
    for size in (1, 3, 500):
        monkeypatch.setattr(apply, "_BATCH", size)
        with database.create(tmp_path / f"{size}.duckdb", held["meta"][0][2]) as con:
            apply.catch_up(con, journal.folder_of(decided.path), journal.START)
        assert examples.differing(held, examples.tables(tmp_path / f"{size}.duckdb")) == []
    assert held["unapplied"] == []
    assert len(held["hardware_compatibility_snapshots"]) == 2


def test_a_rebuild_gives_the_same_tables(decided: Store, tmp_path: Path) -> None:
    """Every table has the same count and hash after a rebuild, the history and the derived ids included."""
    shutil.copytree(decided.path.parent, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "x.duckdb"

    def contents() -> dict[str, object]:
        with database.connect(path, read_only=True) as con:
            return {table: database.contents(con, table) for table in database.tables(con)}

    before = contents()
    rebuild.rebuild(path)
    assert contents() == before


def test_results_under_an_old_name_go_to_the_renamed_model(decided: Store) -> None:
    """Before and after the rename, one model: no second one appears, and no result stays behind."""
    assert decisions.query(decided, "SELECT id, name FROM models ORDER BY id") == [
        (1, "r18"),
        (2, "resnet34"),
    ]
    assert decisions.query(
        decided, "SELECT DISTINCT model, model_id FROM performance_results ORDER BY 1"
    ) == [
        ("r18", 1),
        ("resnet34", 2),
    ]


def test_ids_of_versions_and_snapshots_come_from_the_journal(decided: Store) -> None:
    """They are given out like results' ids, so no two of anything are the same."""
    found = decisions.query(
        decided,
        """SELECT id FROM model_registry_versions UNION ALL SELECT id FROM hardware_compatibility_snapshots
           UNION ALL SELECT id FROM performance_results ORDER BY id""",
    )
    assert [number for (number,) in found] == list(range(1, 14))


def test_a_snapshot_keeps_its_numbers_as_they_are(decided: Store) -> None:
    """0.275 stays 0.275, NULL stays NULL, the rows know their snapshot, version and time."""
    found = decisions.query(
        decided,
        """SELECT id, snapshot_id, version_id, version_tag, compatibility_score, suitability_score, metadata,
               candidates->'$[0].ids' FROM hardware_compatibility_snapshots ORDER BY id""",
    )
    assert found == [
        (8, 8, 7, "v2", 0.275, None, None, "[1]"),
        (9, 8, 7, "v2", 0.275, None, None, "[1]"),
    ]


ACTOR = {"actor": "a@b"}
VERSION = {"model": "m", "tag": "v1", "hash": None, "metadata": None}


@pytest.mark.parametrize(
    ("kind", "body", "count"),
    [
        ("version_added", VERSION | {"model": "n"}, 1),
        ("version_added", VERSION, 0),
        ("version_added", VERSION | {"metadata": "not JSON"}, 1),
        ("results_linked", {"model": "m", "tag": "v1", "ids": [1, 9]}, 1),
        ("results_linked", {"model": "m", "tag": "v1", "ids": []}, 1),
        ("results_linked", {"model": "m", "tag": "v1", "ids": [2]}, 0),
        ("version_deleted", {"model": "m", "tag": "v1"}, 0),
        ("alias_moved", {"model": "m", "alias": "a", "tag": "v1"}, 0),
        ("alias_moved", {"model": "m", "alias": "a", "tag": None}, 0),
        ("model_renamed", {"model": "n", "to": "o"}, 0),
        ("retracted", {"ids": [1, 9], "reason": "r"}, 0),
        ("retracted", {"ids": ["x"], "reason": "r"}, 0),
        ("reinstated", {"ids": [1], "reason": "r"}, 0),
        ("snapshot", {"model": "m", "tag": "v1", "results_hash": "h", "metadata": None, "rows": []}, 0),
        ("snapshot", {"model": "m"}, 0),
    ],
)
def test_an_impossible_decision_is_kept_and_changes_nothing(
    fresh: Store, kind: str, body: dict[str, Any], count: int
) -> None:
    """It is named as unapplied, half of it is nowhere, and what comes later is applied."""
    before = examples.tables(fresh.path)
    fresh.append(kind, body | ACTOR, count=count)
    after = examples.tables(fresh.path)
    assert examples.differing(before, after) == ["events", "meta", "unapplied"]
    decisions.measure(fresh, "m", "", 4)
    assert len(examples.results(fresh.path)) == 3


def test_a_name_that_another_model_had_stays_its_own(fresh: Store) -> None:
    """A rename onto the present or an old name of another model is impossible; back to one's own is not."""
    decisions.measure(fresh, "n")
    for model, to in (("m", "n"), ("m", "o"), ("n", "m"), ("o", "m"), ("n", "o")):
        fresh.append("model_renamed", ACTOR | {"model": model, "to": to})
    assert [seq for (seq,) in decisions.query(fresh, "SELECT seq FROM unapplied ORDER BY seq")] == [5, 7, 9]
    decisions.measure(fresh, "o", "", 8)
    assert decisions.query(fresh, "SELECT name FROM models ORDER BY id") == [("m",), ("n",)]
    assert decisions.query(fresh, "SELECT max(id) FROM performance_results WHERE model = 'm'") == [(4,)]


def test_an_older_fitment_refuses_a_journal_with_decisions(
    fresh: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would otherwise show results that were retracted."""
    fresh.append("retracted", ACTOR | {"ids": [1], "reason": "r"})
    now = journal.EVENT_VERSION
    monkeypatch.setattr(journal, "EVENT_VERSION", 2)
    with pytest.raises(NewerStoreError, match=f"has version {now}, this fitment knows 2"):
        Store.open(fresh.path)


def test_ids_in_words() -> None:
    """Runs of ids are one range, in order, each id once."""
    assert ids_in_words([7, 3, 1, 2, 2]) == "1–3, 7"
    assert ids_in_words([4, 5]) == "4–5"
    assert ids_in_words([]) == ""
