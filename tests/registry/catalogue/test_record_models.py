"""Keeping records of models."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fitment.registry.catalogue.model_records import find_record
from fitment.registry.catalogue.record_models import Recorded, record_models
from fitment.registry.errors import RefusedError
from fitment.registry.storage.store import Store

from tests.registry.catalogue.model_examples import WHOLE, small
from tests.registry.empty_stores import empty_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return empty_store(tmp_path / "x.duckdb")


def events(store: Store) -> int:
    return sum(1 for _ in store.events())


def test_a_record_comes_back_as_it_was_said(store: Store) -> None:
    """Every field is kept."""
    assert record_models(store, [WHOLE], "other") == Recorded(1, 0, 0)
    with store.reading() as con:
        assert find_record(con, "lab/net-7b") == WHOLE


def test_the_same_again_changes_nothing(store: Store) -> None:
    """No event is written for what is stored already, wherever it comes from now, in any order."""
    record_models(store, [WHOLE, small("a")], "one.json")
    before = events(store)
    again = replace(WHOLE, metrics=dict(reversed(WHOLE.metrics.items())), source="two.json")
    assert record_models(store, [small("a"), again], "two.json") == Recorded(0, 0, 2)
    assert events(store) == before


def test_only_what_differs_is_written(store: Store) -> None:
    """Of many records the new and the changed ones make the event."""
    record_models(store, [small("a"), small("b"), WHOLE], "")
    said = [small("a"), small("b", rating=1.0), small("c"), replace(WHOLE, version="2.0")]
    assert record_models(store, said, "") == Recorded(2, 1, 1)
    assert [*store.events()][-1].body["rows"] == 3


def test_one_that_can_t_be_kept_keeps_all_out(store: Store) -> None:
    """The error names the record and the reason, and nothing is written."""
    before = events(store)
    with pytest.raises(RefusedError, match=r"^b can't be kept: its rating is 9.0: it must be from 0 to 5$"):
        record_models(store, [small("a"), small("b", rating=9.0)], "")
    with pytest.raises(RefusedError, match=r"^a can't be kept: a stands twice$"):
        record_models(store, [small("a"), small("a", rating=1.0)], "")
    with pytest.raises(RefusedError, match="can't be kept"):
        record_models(store, [small("a", parameters=2**70)], "")
    assert events(store) == before


def test_nothing_at_all_is_no_event(store: Store) -> None:
    """An empty list of records changes nothing."""
    assert record_models(store, [], "") == Recorded(0, 0, 0)
