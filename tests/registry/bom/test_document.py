"""The document's frame: schema, serial number, time, and the note on verdicts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from fitment.registry.bom.document import document, newest_event
from fitment.registry.catalogue.model_record import ModelRecord
from fitment.registry.catalogue.record_models import record_models

from tests.registry.bom.strict import said, sound
from tests.registry.empty_stores import empty_store

SUBJECT = {"type": "application", "bom-ref": "a", "name": "x"}


def test_the_serial_number_is_of_the_content() -> None:
    """The same content has the same number, another content or time another."""
    first, again = document(SUBJECT, [], []), document(SUBJECT, [], [])
    other = document(SUBJECT | {"name": "y"}, [], [])
    later = document(SUBJECT, [], [], timestamp=datetime(2026, 1, 31, tzinfo=UTC))
    assert first == again
    assert len({sound(text)["serialNumber"] for text in (first, other, later)}) == 3


def test_the_time_is_utc() -> None:
    """A time in a zone is turned, one without a zone is UTC already, none is left out."""
    cet = timezone(timedelta(hours=1))
    for moment in (datetime(2026, 1, 31, 13, tzinfo=cet), datetime(2026, 1, 31, 12)):
        read = sound(document(SUBJECT, [], [], timestamp=moment))
        assert read["metadata"]["timestamp"] == "2026-01-31T12:00:00Z"
    assert "timestamp" not in sound(document(SUBJECT, [], []))["metadata"]


def test_verdicts_are_no_legal_advice() -> None:
    """The note stands in every document, with the version of the clauses."""
    metadata = sound(document(SUBJECT, [], []))["metadata"]
    assert "not legal advice" in said(metadata, "licence:note")[0]
    assert said(metadata, "licence:clauses")


def test_the_newest_event_is_the_time_of_a_store(tmp_path: Path) -> None:
    """It moves when something is recorded, and never else."""
    store = empty_store(tmp_path / "s.duckdb")
    record_models(store, [ModelRecord(model_id="a")], "test")
    with store.reading() as con:
        moment = newest_event(con)
        assert moment is not None
        assert moment.tzinfo is UTC
        assert newest_event(con) == moment
