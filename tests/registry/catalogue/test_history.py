"""Who changed what, when."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from fitment.registry.catalogue.actor import actor
from fitment.registry.catalogue.aliases import set_alias
from fitment.registry.catalogue.history import history
from fitment.registry.catalogue.model_record import ModelRecord
from fitment.registry.catalogue.naming import rename_model
from fitment.registry.catalogue.record_models import record_models
from fitment.registry.catalogue.versions import add_version
from fitment.registry.errors import NoResultsError
from fitment.registry.storage.store import Store


def test_changes_can_be_asked_by_model_time_and_number(store: Store) -> None:
    """The newest come first; a model keeps its history under its new name."""
    assert history(store) == ()
    add_version(store, "resnet18", "v1")
    add_version(store, "resnet34", "v1")
    set_alias(store, "resnet18", "production", "v1")
    rename_model(store, "resnet18", "r18")
    add_version(store, "r18", "v2")
    subjects = [change.subject for change in history(store, "resnet18")]
    assert subjects == ["version v2", "model", "alias production", "version v1"]
    assert history(store, "r18") == history(store, "resnet18")
    newest = history(store, limit=2)
    assert [change.model for change in newest] == ["r18", "resnet18"]
    assert newest == history(store)[:2]
    assert history(store, since=newest[1].recorded_at) == newest
    assert history(store, since=newest[0].recorded_at + timedelta(seconds=1)) == ()
    assert newest[0].actor == actor()
    assert isinstance(newest[0].recorded_at, datetime)
    with pytest.raises(NoResultsError):
        history(store, "resnet81")


def test_the_history_of_a_model_has_its_records(store: Store) -> None:
    """Of what is recorded and never measured as well, with the event that brought it among others."""
    record_models(store, [ModelRecord(model_id="lab/net"), ModelRecord(model_id="lab/other")], "hub.json")
    record_models(store, [ModelRecord(model_id="lab/third", licence="mit")], "")
    assert [(c.subject, c.to_value) for c in history(store, "lab/net")] == [
        ("2 records", "2 added, 0 changed, from hub.json")
    ]
    assert [(c.subject, c.action, c.to_value) for c in history(store, "lab/third")] == [
        ("record", "added", "mit")
    ]
