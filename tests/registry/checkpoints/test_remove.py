from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.catalogue.history import history
from fitment.registry.checkpoints.add import add_checkpoint
from fitment.registry.checkpoints.kept import list_checkpoints
from fitment.registry.checkpoints.remove import remove_checkpoint
from fitment.registry.errors import UnknownNameError
from fitment.registry.storage.store import Store


def test_a_checkpoint_goes_and_its_history_stays(store: Store, model: Path) -> None:
    """It can be added again; one that is not there is an error."""
    for version in ("v1", "v2"):
        add_checkpoint(store, model, "m", version)
    assert remove_checkpoint(store, "m", "v1").version == "v1"
    with pytest.raises(UnknownNameError, match="there are v2"):
        remove_checkpoint(store, "m", "v1")
    assert add_checkpoint(store, model, "m", "v1").changed
    with store.reading() as con:
        assert [each.version for each in list_checkpoints(con)] == ["v2", "v1"]
    assert [
        (each.model, each.subject, each.action, each.from_value, each.to_value) for each in history(store)
    ] == [
        ("m", "checkpoint v1", "added", None, "6 files"),
        ("m", "checkpoint v1", "deleted", "6 files", None),
        ("m", "checkpoint v2", "added", None, "6 files"),
        ("m", "checkpoint v1", "added", None, "6 files"),
    ]
