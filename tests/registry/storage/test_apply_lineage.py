"""What a build of a lineage becomes in the database."""

from __future__ import annotations

import shutil
from pathlib import Path

from fitment.registry.storage import doctor, journal, segments
from fitment.registry.storage.store import Store

from tests.registry.catalogue import decisions
from tests.registry.storage import examples

CONTENT = b"rows"
BODY = {"actor": "lab@vm", "file": "m.csv", "file_sha256": "ab", "segment": segments.name_of(CONTENT)}


def test_a_build_is_a_row_a_segment_and_a_line_of_history(tmp_path: Path) -> None:
    """The newest says in its history which file it takes the place of; both stay."""
    store = Store.open(tmp_path / "x.duckdb", create=True)
    store.append("lineage_built", BODY | {"models": 1000, "rejected": 2}, payload=CONTENT)
    store.append("lineage_built", BODY | {"models": 1, "rejected": 0, "file": "n.csv"}, payload=CONTENT)
    assert decisions.query(store, "SELECT seq, file, models, rejected FROM lineage_builds ORDER BY seq") == [
        (2, "m.csv", 1000, 2),
        (3, "n.csv", 1, 0),
    ]
    assert decisions.query(store, "SELECT name, content FROM segments") == [(BODY["segment"], CONTENT)]
    assert decisions.query(
        store, "SELECT subject, action, from_value, to_value FROM history ORDER BY seq"
    ) == [
        ("lineage", "built", None, "1,000 models, from m.csv"),
        ("lineage", "built", "m.csv", "1 models, from n.csv"),
    ]


def test_a_build_that_can_not_be_is_kept_aside(tmp_path: Path) -> None:
    """Its counts are none, or its segment is missing; the rest of the journal is applied."""
    store = Store.open(tmp_path / "x.duckdb", create=True)
    store.append("lineage_built", BODY | {"models": -1, "rejected": 0}, payload=CONTENT)
    store.append("lineage_built", BODY | {"models": 3, "rejected": 0}, payload=CONTENT)
    assert decisions.query(store, "SELECT seq, error FROM unapplied") == [
        (2, "ValueError: a build without the numbers of its models")
    ]
    assert decisions.query(store, "SELECT seq FROM lineage_builds") == [(3,)]


def test_F17_a_journal_of_models_and_checkpoints_opens_as_it_was(tmp_path: Path) -> None:
    """That of version 6: two models, one changed, a scan, two checkpoints of which one was removed."""
    shutil.copytree(Path(__file__).with_name("data") / "journal-v6", tmp_path / "x.journal")
    store = Store.open(tmp_path / "x.duckdb")
    held = examples.tables(store.path)
    counts = {"model_records": 2, "model_usage": 1, "checkpoints": 1, "lineage_builds": 0, "unapplied": 0}
    assert {table: len(held[table]) for table in counts} == counts
    licences = decisions.query(store, "SELECT model_id, licence FROM model_records ORDER BY model_id")
    assert licences == [("acme/base", "mit"), ("acme/child", "llama2")]
    assert doctor.examine(store.path).healthy
    versions = {record.line.split(b'"v":')[1][:1] for record in journal.scan(tmp_path / "x.journal")}
    assert versions == {b"6"}  # as it was: nothing is written again
