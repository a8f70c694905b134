from __future__ import annotations

import pytest
from fitment.registry.choosing.choice import CRITERIA, Weighting
from fitment.registry.choosing.components import UNKNOWN, Figure
from fitment.registry.choosing.scoring import Score, components, order, ranks, scored
from hypothesis import given
from hypothesis import strategies as st

EVEN = Weighting("even", tuple((name, 1 / len(CRITERIA)) for name in CRITERIA), 0.02)


def figures(**columns: list[float | None]) -> dict[str, list[Figure]]:
    n = len(next(iter(columns.values())))
    return {
        name: [UNKNOWN if v is None else Figure("", "declared", v) for v in columns.get(name, [None] * n)]
        for name in CRITERIA
    }


def test_a_criterion_that_none_has_is_dropped() -> None:
    """Its weight goes to the others; the score is the sum of the parts."""
    found = scored(figures(quality=[1.0, 0.5], rating=[0.2, 0.6]), EVEN, "pessimistic")
    assert [s.score for s in found.scores] == pytest.approx([0.6, 0.55])
    assert dict(found.weighting.weights)["quality"] == pytest.approx(0.5)
    assert found.dropped == ("popularity", "licence", "fit", "speed")
    parts = components(figures(quality=[1.0, 0.5], rating=[0.2, 0.6]), found, 0)
    assert [part.criterion for part in parts] == list(CRITERIA)
    assert [part.used for part in parts if part.weight == 0] == [None] * 4


def test_a_gap_is_never_an_advantage() -> None:
    """It counts with the lowest of the others', or the criterion for nobody; both are said."""
    known = figures(quality=[1.0, 0.5, None], rating=[0.2, 0.6, 0.6])
    pessimistic, without = (scored(known, EVEN, policy) for policy in ("pessimistic", "renormalise"))
    assert pessimistic.scores[2].score == pytest.approx(pessimistic.scores[1].score)
    assert [s.coverage for s in pessimistic.scores] == pytest.approx([1.0, 1.0, 0.5])
    assert "quality" in without.dropped
    assert without.known["quality"] == 2
    (lowest,) = (c.used for c in components(known, pessimistic, 2) if c.criterion == "quality")
    assert lowest == 0.5
    assert [s.score for s in without.scores] == pytest.approx([0.2, 0.6, 0.6])


def test_nothing_known_at_all() -> None:
    """Every score is 0, and all share rank 1."""
    found = scored(figures(quality=[None, None]), EVEN, "pessimistic")
    assert [s.score for s in found.scores] == [0.0, 0.0]
    assert ranks(found.scores, 0.02) == [1, 1]


def score(value: float, half: float = 0.0, coverage: float = 1.0) -> Score:
    return Score(value, coverage, half)


def test_what_can_not_be_told_apart_shares_a_rank() -> None:
    """Held against the first of the group, so that groups don't creep; wider intervals reach further."""
    near = [score(x) for x in (0.90, 0.885, 0.875, 0.5)]
    assert ranks(near, 0.02) == [1, 1, 3, 4]
    assert ranks(near, 0.0) == [1, 2, 3, 4]
    assert ranks([score(0.9), score(0.9)], 0.0) == [1, 2]
    assert ranks([score(0.9, 0.04), score(0.86, 0.03)], 0.02) == [1, 1]


def test_order() -> None:
    """By score, then by how much is known, then by name."""
    scores = [score(0.5, coverage=0.5), score(0.5), score(0.5), score(0.9)]
    assert order(scores, ["a", "c", "b", "z"]) == [3, 2, 1, 0]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.floats(0, 0.5))
def test_ranks_are_those_of_a_competition(values: list[float], resolution: float) -> None:
    """Non-descending, each either its place or that of the one before it; rank 1 is there."""
    found = ranks([score(v) for v in sorted(values, reverse=True)], resolution)
    assert found[0] == 1
    for i, rank in enumerate(found[1:], 2):
        assert rank in (i, found[i - 2])
