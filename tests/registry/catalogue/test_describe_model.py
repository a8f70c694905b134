"""Describing a model by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.catalogue.describe_model import describe_model
from fitment.registry.catalogue.model_record import BaseModel, ModelRecord
from fitment.registry.catalogue.record_models import record_models
from fitment.registry.errors import RefusedError
from fitment.registry.storage.store import Store

from tests.registry.catalogue.model_examples import WHOLE, small
from tests.registry.empty_stores import empty_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store of one record."""
    store = empty_store(tmp_path / "x.duckdb")
    record_models(store, [WHOLE], "")
    return store


def test_what_is_said_is_added_and_the_rest_stays(store: Store) -> None:
    """Texts and numbers are replaced, lists and maps grow, a base model's relation is the one said last."""
    said = small(
        "lab/net-7b",
        rating=1.5,
        tags=("general", "code"),
        metrics={"mmlu": 0.7},
        base_models=(BaseModel("lab/other", "merge"),),
    )
    done = describe_model(store, said)
    assert (done.added, done.changed) == (False, True)
    assert (done.record.version, done.record.rating, done.record.licence) == ("1.0", 1.5, "Apache-2.0")
    assert done.record.tags == ("chat", "general", "code")
    assert done.record.metrics == {"mmlu": 0.7, "arc": 0.5}
    assert done.record.base_models == (BaseModel("lab/base-7b", "finetune"), BaseModel("lab/other", "merge"))
    assert not describe_model(store, said).changed


def test_without_a_version_it_is_the_only_one_that_is_recorded(store: Store) -> None:
    """Of a new model it is none; where several are recorded it must be said."""
    assert describe_model(store, small("new")).record == ModelRecord(model_id="new")
    assert describe_model(store, small("lab/net-7b"), "2.0").added
    with pytest.raises(RefusedError, match=r"has the versions .*: say which with --version"):
        describe_model(store, small("lab/net-7b", rating=2.0))


def test_what_can_t_be_kept_is_refused(store: Store) -> None:
    """With its reason, and nothing is recorded."""
    with pytest.raises(RefusedError, match=r"its rating is 6.0"):
        describe_model(store, small("lab/net-7b", rating=6.0))
    with pytest.raises(RefusedError, match="an empty model id"):
        describe_model(store, small(" "))
