"""Results taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fitment.registry.answers import Question
from fitment.registry.catalogue.actor import actor
from fitment.registry.catalogue.history import history
from fitment.registry.errors import RefusedError
from fitment.registry.fit.recommend import recommend
from fitment.registry.fit.suitability import calculate_scores, pair_scores
from fitment.registry.results.behind import is_current
from fitment.registry.results.retract import Reinstated, Retracted, reinstate, retract
from fitment.registry.storage.store import Store

from tests.registry.catalogue import decisions


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with ``decisions.RESULTS``."""
    return decisions.fill(tmp_path / "x.duckdb")


def test_a_retracted_result_is_out_of_every_answer_at_once(store: Store) -> None:
    """recommend and the stored scores change without calculating first; the result and the reason stay."""
    calculate_scores(store)
    question = Question("resnet18", model_version="")
    assert recommend(store, question).rows[0].configuration.batch == 4
    assert retract(store, [3, 5], "  the machine\nwas throttled ") == Retracted((3, 5), ())
    assert recommend(store, question).rows[0].configuration.batch == 2
    assert [score.model for score in pair_scores(store)] == ["resnet18", "resnet18"]
    assert decisions.query(store, "SELECT count(*) FROM performance_results") == [(5,)]
    reasons = decisions.query(store, "SELECT result_id, reason FROM retractions ORDER BY 1")
    assert reasons == [(3, "the machine was throttled"), (5, "the machine was throttled")]


def test_the_same_again_changes_nothing(store: Store) -> None:
    """Only what counts still is retracted; the first reason stays."""
    retract(store, [1], "first")
    assert retract(store, [1, 2], "second") == Retracted((2,), (1,))
    events = len(list(store.events()))
    assert retract(store, [1, 2], "third") == Retracted((), (1, 2))
    assert len(list(store.events())) == events
    assert decisions.query(store, "SELECT reason FROM retractions ORDER BY result_id") == [
        ("first",),
        ("second",),
    ]


def test_without_a_reason_or_with_a_wrong_id_nothing_is_retracted(store: Store) -> None:
    """All unknown ids are named."""
    with pytest.raises(RefusedError, match="a retraction needs a reason"):
        retract(store, [1], " \n")
    with pytest.raises(RefusedError, match="at most 1000 printable"):
        retract(store, [1], "\x1b[31m")
    with pytest.raises(RefusedError, match="nothing was retracted: there is no result 7–8"):
        retract(store, [1, 7, 8], "r")
    assert decisions.query(store, "SELECT count(*) FROM retractions") == [(0,)]


def test_an_undone_retraction_gives_the_answer_of_before(store: Store) -> None:
    """At once, and in the stored scores; the history keeps who, when and why of both."""
    calculate_scores(store)
    question = Question("resnet18", model_version="")

    def answers() -> object:
        scores = [replace(score, as_of_seq=0) for score in pair_scores(store, update=False)]
        return recommend(store, question).rows, scores

    before = answers()
    retract(store, [3, 5], "the machine was throttled")
    calculate_scores(store)
    assert answers() != before
    assert reinstate(store, [5, 3], " it was\nanother ") == Reinstated((3, 5))
    with store.reading() as con:
        assert not is_current(con)
    assert answers() == before
    assert decisions.query(store, "SELECT count(*) FROM retractions") == [(0,)]
    kept = [(c.subject, c.action, c.from_value, c.to_value, c.actor) for c in history(store, "resnet18")]
    assert kept == [
        ("result 3", "reinstated", "the machine was throttled", "it was another", actor()),
        ("result 3", "retracted", None, "the machine was throttled", actor()),
    ]
    assert retract(store, [3], "it was throttled all the same") == Retracted((3,), ())


def test_what_is_not_retracted_is_not_undone(store: Store) -> None:
    """Nor anything with it: each id that it can't be done to is named, and why; the second time too."""
    retract(store, [1], "r")
    with pytest.raises(
        RefusedError, match=r"^no retraction was undone: there is no result 7; 2–3 is not retr"
    ):
        reinstate(store, [1, 2, 3, 7], "r")
    with pytest.raises(RefusedError, match="needs a reason"):
        reinstate(store, [1], "")
    assert decisions.query(store, "SELECT result_id FROM retractions") == [(1,)]
    reinstate(store, [1], "r")
    with pytest.raises(RefusedError, match="1 is not retracted"):
        reinstate(store, [1], "r")
