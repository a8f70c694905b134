"""P(best) of stored pairs."""

from __future__ import annotations

import pytest
from fitment.registry.answers import Question
from fitment.registry.errors import UnknownNameError
from fitment.registry.fit.recommend import recommend
from fitment.registry.fit.suitability import calculate_scores, pair_scores
from fitment.registry.storage.store import Store

from tests.registry.fit.stores import HERE, THERE, journalling, measure


@pytest.fixture
def store(unscored_store: Store) -> Store:
    with journalling(unscored_store):
        for i in range(3):
            measure(unscored_store, "close", HERE, 1, 100.0 + i, invocation=i)
            measure(unscored_store, "close", THERE, 1, 101.0 + i, invocation=i)
        measure(unscored_store, "alone", HERE, 1, 7.0)
    return unscored_store


def p_best(store: Store, model: str) -> dict[str, float | None]:
    with store.reading() as con:
        return dict(
            con.execute(
                """SELECT h.name, p_best FROM hardware_model_compatibility
                   JOIN models m ON m.id = model_id JOIN hardware_platforms h ON h.id = hardware_id
                   WHERE m.name = ?""",
                [model],
            ).fetchall()
        )


def test_it_is_what_recommend_prints(store: Store) -> None:
    """To the bit, for every model with two hardware or more; one alone has no rival."""
    calculate_scores(store, certainty=True)
    for model in ("close", "net"):
        rows = recommend(store, Question(model, top_k=9)).rows
        assert p_best(store, model) == {row.hardware: row.p_best for row in rows}
        assert all(row.p_best is not None for row in rows)
    assert p_best(store, "alone") == {HERE.hardware: None}


def test_it_is_drawn_where_it_is_asked_for(store: Store) -> None:
    """Not by default, and of one model alone where that is named; the scores are the same."""
    plain = pair_scores(store)
    assert {score.p_best for score in plain} == {None}
    (close,) = {score.model_id for score in plain if score.model == "close"}
    found = pair_scores(store, close, certainty=True)
    assert sum(score.p_best or 0.0 for score in found) == pytest.approx(1.0)
    assert set(p_best(store, "net").values()) == {None}
    assert [score.compatibility_score for score in found] == [
        score.compatibility_score for score in plain if score.model == "close"
    ]
    with pytest.raises(UnknownNameError, match="no id 99"):
        pair_scores(store, 99, certainty=True)
