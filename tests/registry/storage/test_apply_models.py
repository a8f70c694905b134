"""Events of what models are and who uses them, as rows, and their segments under damage."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fitment.registry.catalogue.record_models import record_models
from fitment.registry.storage import doctor, journal, segments
from fitment.registry.storage.rebuild import rebuild
from fitment.registry.storage.store import Store
from fitment.registry.usage.found import Use
from fitment.registry.usage.kept import record_uses, record_uses_of

from tests.registry.catalogue import decisions
from tests.registry.catalogue.model_examples import WHOLE, small
from tests.registry.empty_stores import empty_store
from tests.registry.storage import examples

USE = Use("repo", "a.py", 3, "AutoModel.from_pretrained", "lab/net-7b", 0.9)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with records and uses, inline and in segments; not to be changed."""
    store = empty_store(tmp_path_factory.mktemp("models") / "x.duckdb")
    record_models(store, [WHOLE], "")
    record_models(store, [replace(WHOLE, licence=None, rating=3.0)], "")
    record_models(store, [small(f"many/{n}", downloads=n) for n in range(501)], "many.json", "ab" * 32)
    record_models(store, [small(f"many/{n}", downloads=n + 1) for n in range(400, 502)], "many.json")
    record_uses(store, "repo", [USE, replace(USE, line=4, model_id=None)])
    record_uses(store, "repo", [replace(USE, line=n) for n in range(501)])
    record_uses_of(
        store, {"repo": [replace(USE, source="peatmoss")], "none": []}, "peatmoss", origin="db.sqlite"
    )
    record_uses(store, "repo", [USE])
    return store.path


def copied(filled: Path, tmp_path: Path) -> Path:
    """A store of the test's own."""
    shutil.copytree(filled.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / filled.name


def named(path: Path) -> list[str]:
    """The names of the segments that events name."""
    folder = journal.folder_of(path)
    return [name for r in journal.scan(folder) if (name := segments.named_in(r.event.body))]


def test_the_newest_record_of_each_version_is_kept(filled: Path) -> None:
    """A later record takes the place of the earlier one of its id and version; other rows stay."""
    store = Store.open(filled)
    rows = decisions.query(
        store, "SELECT model_id, licence, rating, seq FROM model_records WHERE version <> ''"
    )
    assert rows == [("lab/net-7b", None, 3.0, 3)]
    counts = "SELECT count(*), count(DISTINCT model_id), sum(downloads) FROM model_records WHERE version = ''"
    assert decisions.query(store, counts) == [(502, 502, sum(range(501)) + 101 + 502)]


def test_history_says_each_changed_field_of_one_record_and_counts_of_many(filled: Path) -> None:
    """Of one record each field from and to, of many one row that says where they came from."""
    assert decisions.changes(Store.open(filled)) == [
        ("lab/net-7b", "record of 1.0", "added", None, "Apache-2.0"),
        ("lab/net-7b", "licence of 1.0", "changed", "Apache-2.0", None),
        ("lab/net-7b", "rating of 1.0", "changed", "4.5", "3.0"),
        ("", "501 records", "recorded", None, "501 added, 0 changed, from many.json"),
        ("", "102 records", "recorded", None, "1 added, 101 changed, from many.json"),
        ("repo", "model use", "recorded", "0 places", "2 places"),
        ("repo", "model use", "recorded", "2 places", "501 places"),
        ("repo", "model use", "recorded", "0 places", "1 places"),
        ("repo", "model use", "recorded", "501 places", "1 places"),
    ]


def test_a_scan_replaces_the_one_before_of_its_source(filled: Path) -> None:
    """The newest scan of a repository stands for it, beside what another source found."""
    rows = decisions.query(Store.open(filled), "SELECT source, line, seq FROM model_usage ORDER BY source")
    assert rows == [("peatmoss", 3, 8), ("scan", 3, 9)]


def test_a_rebuild_gives_the_same_rows(filled: Path, tmp_path: Path) -> None:
    """All tables come out of the journal again, with nothing left unapplied."""
    path = copied(filled, tmp_path)
    held = examples.tables(path)
    assert rebuild(path).unapplied == 0
    assert examples.differing(held, examples.tables(path)) == []


def test_a_damaged_segment_is_healed_from_the_database(filled: Path, tmp_path: Path) -> None:
    """Of records as of uses; without the other copy it is named and a rebuild refuses."""
    path = copied(filled, tmp_path)
    assert len(named(path)) == 2
    for name in named(path):
        segments.path_of(journal.folder_of(path), name).write_bytes(b"PAR1")
    report = doctor.examine(path)
    assert report.healthy
    assert [line.partition(": ")[2] for line in report.repairs] == ["written again from the database"] * 2
    assert doctor.examine(path).repairs == ()


def test_a_segment_that_is_missing_leaves_its_event_unapplied(filled: Path, tmp_path: Path) -> None:
    """Where neither copy is there, the event waits by name and later ones are applied."""
    path = copied(filled, tmp_path)
    path.unlink()
    segments.path_of(journal.folder_of(path), named(path)[0]).unlink()
    with pytest.raises(segments.SegmentDamagedError):
        rebuild(path)


IMPOSSIBLE: list[dict[str, object]] = [
    {"rows": 2, "inline": [{"model_id": "a", "version": ""}]},
    {"rows": 2, "inline": [{"model_id": "a", "version": ""}] * 2},
    {"rows": 1, "inline": [{"model_id": "a", "version": "", "licenze": "mit"}]},
    {"rows": 1, "inline": [{"model_id": "a", "version": "", "rating": "high"}]},
    {"rows": 1, "inline": [{"model_id": None, "version": ""}]},
]


def test_an_event_that_can_t_be_is_left_unapplied(tmp_path: Path) -> None:
    """Rows too few, twice, of columns or kinds there are not: kept by name, and later events go on."""
    store = empty_store(tmp_path / "x.duckdb")
    for body in IMPOSSIBLE:
        store.append("models_recorded", {"actor": "a@b", "source": "", "sha256": None} | body)
    record_models(store, [WHOLE], "")
    assert decisions.query(store, "SELECT seq FROM unapplied ORDER BY seq") == [(n,) for n in range(2, 7)]
    assert decisions.query(store, "SELECT model_id FROM model_records") == [("lab/net-7b",)]
