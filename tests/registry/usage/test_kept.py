"""Keeping where models are used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fitment.registry.errors import RefusedError
from fitment.registry.storage.store import Store
from fitment.registry.usage.found import Use
from fitment.registry.usage.kept import UsesRecorded, record_uses, record_uses_of, uses_in, uses_of

from tests.registry.empty_stores import empty_store

USE = Use("repo", "src/a.py", 3, "AutoModel.from_pretrained", "lab/net-7b", 0.9)
UNRESOLVED = replace(USE, line=9, model_id=None, confidence=0.2, detail="name + suffix")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return empty_store(tmp_path / "x.duckdb")


def test_uses_come_back_by_model_and_by_repository(store: Store) -> None:
    """Unresolved ones belong to their repository alone."""
    assert record_uses(store, "repo", [UNRESOLVED, USE]) == UsesRecorded(1, 2, changed=True)
    record_uses(store, "b", [replace(USE, repository="b")])
    with store.reading() as con:
        assert uses_in(con, "repo") == (USE, UNRESOLVED)
        assert uses_of(con, "lab/net-7b") == (replace(USE, repository="b"), USE)
        assert uses_of(con, "lab/other") == ()


def test_the_same_scan_again_changes_nothing(store: Store) -> None:
    """In any order; a scan that finds less replaces the one before, one that finds nothing empties it."""
    record_uses(store, "repo", [USE, UNRESOLVED])
    before = store.pending(), sum(1 for _ in store.events())
    assert record_uses(store, "repo", [UNRESOLVED, USE]) == UsesRecorded(0, 2, changed=False)
    assert (store.pending(), sum(1 for _ in store.events())) == before
    assert record_uses(store, "repo", []).changed
    with store.reading() as con:
        assert uses_in(con, "repo") == ()


def test_one_event_brings_many_repositories(store: Store) -> None:
    """Only those whose uses are not what they were count and are written."""
    found = [replace(USE, repository=f"r{n}", source="peatmoss") for n in range(600)]
    scans = {use.repository: [use] for use in found} | {"none": []}
    assert record_uses_of(store, scans, "peatmoss", origin="db.sqlite").repositories == 600
    scans["r7"] = [replace(found[7], line=8)]
    assert record_uses_of(store, scans, "peatmoss", origin="db.sqlite") == UsesRecorded(1, 600, changed=True)
    with store.reading() as con:
        assert [use.line for use in uses_in(con, "r7")] == [8]
        assert len(uses_of(con, "lab/net-7b")) == 600


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"repository": "other"}, "is a use in other by scan, not repo by scan"),
        ({"source": "peatmoss"}, "is a use in repo by peatmoss, not repo by scan"),
        ({"confidence": float("nan")}, "a confidence from 0 to 1, not nan"),
        ({"confidence": 1.5}, "a confidence from 0 to 1, not 1.5"),
        ({"line": -1}, "a line is at least 0"),
        ({"call": "c" * 257}, "its call has more than 256 characters"),
        ({"line": 2**70}, "can't be kept"),
    ],
)
def test_a_use_that_can_t_be_keeps_the_scan_out(store: Store, bad: dict[str, object], reason: str) -> None:
    """The error names the place and the reason."""
    with pytest.raises(RefusedError, match=reason):
        record_uses(store, "repo", [USE, replace(USE, **bad)])  # type: ignore[arg-type]
    with store.reading() as con:
        assert uses_in(con, "repo") == ()


def test_hostile_text_is_kept_as_it_is(store: Store) -> None:
    """Escapes are for whoever shows it; stray bytes of a file's name are spelled out, long text is cut."""
    record_uses(store, "repo", [replace(USE, file="a\udc80\x1b.py", detail="x" * 2000)])
    with store.reading() as con:
        (kept,) = uses_in(con, "repo")
    assert kept.file == "a\\udc80\x1b.py"
    assert len(kept.detail) == 1000
