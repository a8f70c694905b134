"""Which model a name means."""

from __future__ import annotations

import pytest
from fitment.registry.answers import Question
from fitment.registry.catalogue.naming import (
    Model,
    Renamed,
    find_hardware,
    find_model,
    known_model,
    rename_model,
)
from fitment.registry.errors import NoResultsError, RefusedError, UnknownNameError
from fitment.registry.fit.recommend import recommend
from fitment.registry.storage.store import Store

from tests.registry.catalogue import decisions
from tests.registry.storage import examples


@pytest.mark.parametrize("asked", ["resnet18", "zoo:resnet18", "old18", "zoo:old18"])
def test_a_model_is_known_by_its_names(asked: str) -> None:
    """Its present name, one that it had before, and either behind its source."""
    assert known_model(asked, ["resnet18", "resnet34"], {"old18": "resnet18"}) == "resnet18"


def test_a_slip_of_the_pen_is_answered_with_what_may_be_meant() -> None:
    """Old names count; a word that is like none says how many models there are."""
    with pytest.raises(NoResultsError, match="did you mean resnet18"):
        known_model("resnet81", ["resnet18"], {})
    with pytest.raises(NoResultsError, match="did you mean before"):
        known_model("befoer", ["resnet18"], {"before": "resnet18"})
    with pytest.raises(NoResultsError, match=r"results of 1 other model; `fitment sweep`"):
        known_model("x" * 10_000, ["resnet18"])
    with pytest.raises(NoResultsError, match="the store is empty"):
        known_model("resnet18", [])


def test_a_rename_moves_results_and_keeps_the_old_name_as_one(store: Store) -> None:
    """Asked by either name, recommend answers from all results, later ones under the old one too."""
    assert rename_model(store, "resnet18", "r18") == Renamed("resnet18", "r18", changed=True)
    decisions.measure(store, "resnet18", "", 64)
    decisions.measure(store, "r18", "", 128)
    for asked in ("resnet18", "zoo:resnet18", "r18"):
        answer = recommend(store, Question(asked, model_version=""))
        assert answer.question.model == "r18"
        assert [row.configuration.batch for row in answer.rows] == [128]
        assert {k.batch for k in answer.decided} >= {1, 64, 128}
    with store.reading() as con:
        assert find_model(con, "resnet18") == Model(1, "r18")


def test_the_same_rename_again_changes_nothing(store: Store) -> None:
    """Whichever of its names the model is asked by; back to an old name of its own is a rename."""
    rename_model(store, "resnet18", "r18")
    seq = store.decide(lambda _: None), len(list(store.events()))
    assert rename_model(store, "resnet18", " r18 ") == Renamed("r18", "r18", changed=False)
    assert (None, len(list(store.events()))) == seq
    assert rename_model(store, "r18", "resnet18").changed
    assert decisions.query(store, "SELECT name FROM models ORDER BY id") == [("resnet18",), ("resnet34",)]


def test_a_name_that_another_model_has_or_had_is_refused(store: Store) -> None:
    """And nothing is journalled: later results under it would have two owners."""
    rename_model(store, "resnet18", "r18")
    events = len(list(store.events()))
    with pytest.raises(RefusedError, match="another model has that name"):
        rename_model(store, "r18", "resnet34")
    with pytest.raises(RefusedError, match="r18 was called that before"):
        rename_model(store, "resnet34", "resnet18")
    with pytest.raises(RefusedError, match="can't be printed"):
        rename_model(store, "resnet34", "a\x07")
    with pytest.raises(NoResultsError, match="did you mean resnet34"):
        rename_model(store, "resnet43", "x")
    assert len(list(store.events())) == events


def test_hardware_is_named_in_full(store: Store) -> None:
    """A part of a name is answered with the names that have it, never guessed at."""
    with store.reading() as con:
        assert find_hardware(con, examples.ENVIRONMENT.hardware) == 1
        with pytest.raises(UnknownNameError, match="name it in full: Test CPU, 2 cores"):
            find_hardware(con, "test cpu")
