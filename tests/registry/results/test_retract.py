"""Results taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.answers import Question
from fitment.registry.errors import RefusedError
from fitment.registry.fit.recommend import recommend
from fitment.registry.fit.suitability import calculate_scores, pair_scores
from fitment.registry.results.retract import Retracted, retract
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
