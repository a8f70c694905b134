"""What an answer is composed of; what stands in it is tested with the parts that say it."""

from __future__ import annotations

from dataclasses import replace

from fitment.registry.answers import NOISE, Question
from fitment.registry.fit import profiles
from fitment.registry.fit.comparison import compare, hold
from fitment.registry.fit.composed import Case, Recommended, composed

from tests.registry.fit.estimates import GROUP, QUESTION, failed, k, ok

ESTIMATES = [ok("A", k(), 10.0), ok("B", k(), 30.0), failed("C", k(), "oom_host")]


def found(question: Question) -> Recommended:
    comparison = compare(question, hold(GROUP, ESTIMATES))
    return composed(Case(question, comparison, profiles.chosen(question), {}, NOISE, ("others",)))


def test_ranked_hardware_comes_with_what_its_ranking_was_made_of() -> None:
    """Rows by rank, cut to what was asked; the basis holds all candidates; what is no row is rejected."""
    composition = found(replace(QUESTION, top_k=1))
    assert [row.hardware for row in composition.answer.rows] == ["B"]
    assert [entry.hardware for entry in composition.answer.rejected] == ["C"]
    assert composition.answer.notes[-1] == "others"
    assert composition.basis is not None
    assert [c.estimate.hardware for c in composition.basis.candidates] == ["A", "B"]
    assert [r.best.estimate.hardware for r in composition.basis.ranked] == ["B", "A"]


def test_limits_that_nothing_meets_leave_the_closest_miss() -> None:
    """No row and nothing ranked, but what was compared, which hardware comes closest, and what weighs."""
    composition = found(replace(QUESTION, min_throughput=60.0))
    assert composition.basis is not None
    assert [c.estimate.hardware for c in composition.basis.candidates] == ["A", "B"]
    assert composition.basis.ranked == []
    assert composition.answer.rows == ()
    assert "closest is B" in (composition.answer.closest_miss or "")
    assert [entry.hardware for entry in composition.answer.rejected] == ["A", "B", "C"]


def test_what_nothing_has_run_is_no_ranking() -> None:
    """All hardware is rejected, and no configuration counts as compared."""
    composition = found(replace(QUESTION, batch=512))
    assert composition.basis is None
    assert composition.answer.rows == composition.answer.decided == ()
    assert len(composition.answer.rejected) == 3
