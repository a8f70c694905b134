"""Ranks over draws, and the words for them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from fitment.kernels import formulae, profiles
from fitment.kernels.location_draws import location_draws
from fitment.kernels.rank_draws import RankCertainty, certainty_word, rank_certainty, tie_group
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from numpy.typing import NDArray

DEFAULT = (0.5, 0.3, 0.2)


def mirrored(n: int) -> NDArray[np.float64]:
    """The correlations of n candidates with their throughput: latency falls as it rises, memory is apart."""
    return np.repeat([[1.0], [-1.0], [0.0]], n, axis=1)


def certain(y: np.ndarray, *, error: float = 0.03, per_hardware: int = 1, **options: object) -> RankCertainty:
    """Of candidates with those locations (float64[3, n]), n = 1 process each."""
    n = y.shape[1]
    keys = np.arange(n, dtype=np.uint64)
    draws = location_draws(keys, y, np.full((3, n), error), np.full((3, n), 4.0), mirrored(n))
    return rank_certainty(np.arange(0, n + 1, per_hardware), draws, DEFAULT, **options)  # type: ignore[arg-type]


LOCATIONS = st.integers(1, 8).flatmap(
    lambda n: st.lists(st.lists(st.floats(-2, 2), min_size=n, max_size=n), min_size=3, max_size=3)
)


@settings(max_examples=50)
@given(LOCATIONS)
def test_chances_and_ranks_add_up(y: list[list[float]]) -> None:
    """ΣP(best) = 1, expected ranks sum to 1 + … + h, and lie within 1 … h as their intervals do."""
    found = certain(np.array(y))
    h = len(y[0])
    assert found.best.sum() == pytest.approx(1.0)
    assert found.expected.sum() == pytest.approx(h * (h + 1) / 2)
    assert ((found.low >= 1) & (found.low <= found.high) & (found.high <= h)).all()


def test_without_noise_the_ranking_is_the_printed_one() -> None:
    """Errors of 0 give the ranks of formulae.py, and P(best) 1 or 0."""
    y = np.random.default_rng(0).normal(size=(3, 12))
    t, latency, m = np.exp(y)
    components = (
        formulae.throughput_component(t),
        formulae.latency_component(latency),
        formulae.memory_relative(m),
    )
    ranks = formulae.competition_ranks(formulae.weighted_sum(*components, *DEFAULT))
    found = certain(y, error=0.0)
    np.testing.assert_array_equal(found.low, ranks)
    np.testing.assert_array_equal(found.high, ranks)
    np.testing.assert_array_equal(found.best, ranks == 1)


def test_equal_hardware_shares_the_first_place() -> None:
    """Ties within a draw split it: two that are the same have ½ each, and 1½ as expected rank."""
    found = certain(np.zeros((3, 2)), error=0.0)
    assert found.best.tolist() == [0.5, 0.5]
    assert found.expected.tolist() == [1.5, 1.5]
    assert (found.low.tolist(), found.high.tolist()) == ([1, 1], [1, 1])


def test_the_chance_is_that_of_the_difference() -> None:
    """Of two candidates under throughput alone P(best) is P(t₁ > t₂), here by 200,000 other draws."""
    y = np.array([[0.05, 0.0], [np.nan] * 2, [np.nan] * 2])
    keys, nu = np.arange(2, dtype=np.uint64), np.full((3, 2), 4.0)
    draws = location_draws(keys, y, np.full((3, 2), 0.03), nu, mirrored(2))
    found = rank_certainty([0, 1, 2], draws, (1.0, 0.0, 0.0))
    other = 0.03 * np.random.default_rng(1).standard_t(4, size=(2, 200_000))
    assert found.best[0] == pytest.approx((other[0] - other[1] > -0.05).mean(), abs=0.04)


def test_the_best_configuration_is_chosen_in_each_draw() -> None:
    """Of many equal configurations one is always lucky: the hardware with more of them is best more often."""
    offsets, n = [0, 9, 10], 10
    draws = location_draws(
        np.arange(n, dtype=np.uint64),
        np.zeros((3, n)),
        np.full((3, n), 0.03),
        np.full((3, n), 4.0),
        mirrored(n),
    )
    assert rank_certainty(offsets, draws, DEFAULT).best[0] == pytest.approx(0.9, abs=0.04)


def test_normalisers_are_those_of_the_draw() -> None:
    """The reference is the best of each draw: units don't matter, and neither does what all share."""
    y = np.zeros((3, 3))
    scaled = certain(y + np.array([[5.0], [-3.0], [20.0]]), error=0.5)
    np.testing.assert_array_equal(scaled.best, certain(y, error=0.5).best)


def test_a_factor_may_decide() -> None:
    """c(n) multiplies the score of a candidate in every draw."""
    y = np.array([[0.05, 0.0], [0.0, 0.0], [0.0, 0.0]])
    assert certain(y).best[0] > 0.7
    assert certain(y, factor=[0.6, 1.0]).best[0] == 0.0


def test_headroom() -> None:
    """With capacities memory counts as the share left free."""
    y = np.array([[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]])
    assert certain(y, capacity=[1.1, 100.0]).best[1] > 0.95


def test_a_candidate_without_a_score_is_last() -> None:
    """Where a criterion that counts is missing there is no score, whatever else is known."""
    y = np.array([[9.0, 0.0, 0.0], [0.0] * 3, [np.nan, 0.0, 0.0]])
    found = certain(y)
    assert (found.best[0], found.low[0], found.high[0]) == (0.0, 3, 3)


def test_one_hardware_and_none() -> None:
    """Alone it is best; of nothing there is nothing to say."""
    alone = certain(np.zeros((3, 1)))
    assert (alone.best.tolist(), alone.expected.tolist(), alone.high.tolist()) == ([1.0], [1.0], [1])
    none = rank_certainty([0], np.empty((3, 0, 5)), DEFAULT)
    assert none.best.size == none.low.size == 0


@pytest.mark.parametrize(
    ("p_best", "word"),
    [
        (1.0, "clear"),
        (0.95, "clear"),
        (0.949, "likely"),
        (0.8, "likely"),
        (0.799, "toss-up"),
        (math.nan, "toss-up"),
    ],
)
def test_words(p_best: float, word: str) -> None:
    """clear from .95, likely from .80, toss-up below."""
    assert certainty_word(p_best) == word


def test_tie_group() -> None:
    """Those with P(best) of .05 or more."""
    assert tie_group([0.5, 0.401, 0.05, 0.049]).tolist() == [True, True, True, False]


def test_what_cannot_be_meant_is_refused() -> None:
    """Hardware without candidates, draws of another shape or none, weights that are all 0."""
    draws = np.zeros((3, 2, 4))
    with pytest.raises(ValueError, match="offsets"):
        rank_certainty([0, 0, 2], draws, DEFAULT)
    with pytest.raises(ValueError, match="draws"):
        rank_certainty([0, 1, 2], draws[:2], DEFAULT)
    with pytest.raises(ValueError, match="draws"):
        rank_certainty([0, 1, 2], draws[:, :, :0], DEFAULT)
    with pytest.raises(ValueError, match="weights"):
        rank_certainty([0, 1, 2], draws, (0.0, 0.0, 0.0))
    with pytest.raises(ValueError, match="factor"):
        rank_certainty([0, 1, 2], draws, DEFAULT, factor=[1.0])


def test_cost_and_energy_follow_the_throughput() -> None:
    """Without noise the ranks are those of the blended score; a dearer one that is no faster loses places."""
    y = np.log([[100.0, 90.0, 10.0], [0.1, 0.1, 0.1], [1.0, 1.0, 1.0]])[:, :, None]
    weights = (*profiles.final_weights(DEFAULT, profiles.blend_weights(cost=True, energy=True)),)
    cheap = np.log([[1.0, 1.0, 1.0], [50.0, 50.0, 50.0]])
    dear = np.log([[9.0, 1.0, 1.0], [50.0, 50.0, 50.0]])
    offsets = [0, 1, 2, 3]
    assert rank_certainty(offsets, y, weights, spending=cheap).low.tolist() == [1, 2, 3]
    assert rank_certainty(offsets, y, weights, spending=dear).low.tolist() == [2, 1, 3]


def test_spending_that_weighs_nothing_changes_nothing() -> None:
    """With weights of 0 it may even be unknown; with others it must be there, for each candidate."""
    y = np.random.default_rng(1).normal(size=(3, 4, 20))
    plain = rank_certainty([0, 2, 4], y, DEFAULT)
    unknown = rank_certainty([0, 2, 4], y, (*DEFAULT, 0.0, 0.0), spending=np.full((2, 4), np.nan))
    assert_array_equal(unknown.best, plain.best)
    with pytest.raises(ValueError, match="weights of cost and energy need spending"):
        rank_certainty([0, 2, 4], y, (0.4, 0.2, 0.15, 0.25, 0.0))
    with pytest.raises(ValueError, match=r"spending must be of shape \(2, 4\)"):
        rank_certainty([0, 2, 4], y, (0.4, 0.2, 0.15, 0.25, 0.0), spending=np.zeros((2, 3)))


@settings(max_examples=30)
@given(LOCATIONS)
def test_leads_agree_with_who_is_best(y: list[list[float]]) -> None:
    """Nobody leads surely who is hardly ever best; without a rival there is no lead."""
    found = certain(np.array(y))
    if len(y[0]) == 1:
        assert np.isnan(found.lead_low).all()
        return
    assert (found.lead_low <= found.lead_high).all()
    assert (found.best[found.lead_low > 0] >= 0.97).all()
    assert (found.best[found.lead_high < 0] <= 0.03).all()


def test_without_noise_the_lead_is_the_difference_of_scores() -> None:
    """Errors of 0: the first leads by its distance to the second, the second trails by as much."""
    y = np.log([[10.0, 5.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]])
    found = certain(y, error=0.0)
    np.testing.assert_allclose(found.lead_low, [0.25, -0.25, -0.45], rtol=1e-12)
    np.testing.assert_allclose(found.lead_high, found.lead_low, rtol=1e-12)


def test_two_that_share_the_first_place_lead_by_nothing() -> None:
    """Equal scores are a lead of 0 for both, and so are two without any score."""
    found = certain(np.zeros((3, 2)), error=0.0)
    assert found.lead_low.tolist() == found.lead_high.tolist() == [0.0, 0.0]
    nothing = rank_certainty([0, 1, 2], np.full((3, 2, 4), np.nan), DEFAULT)
    assert nothing.lead_low.tolist() == [0.0, 0.0]


def test_limits_choose_and_leave_the_references() -> None:
    """A candidate that is not allowed in a draw is no choice there, and still sets the references."""
    y = np.log([[1.0, 4.0, 2.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]])[:, :, None].repeat(4, axis=2)
    allowed = np.ones((3, 4), dtype=np.bool_)
    allowed[1, 1:] = False  # the fastest is within the limits in one draw of four
    found = rank_certainty([0, 2, 3], y, (1.0, 0.0, 0.0), allowed=allowed)
    assert found.best.tolist() == [0.25, 0.75]
    assert rank_certainty([0, 2, 3], y, (1.0, 0.0, 0.0)).best.tolist() == [1.0, 0.0]


def test_hardware_that_is_not_ranked_takes_no_place() -> None:
    """Without the first the others share what it had; the result is of those alone."""
    y = np.log([[4.0, 2.0, 2.0], [1.0] * 3, [1.0] * 3])[:, :, None]
    found = rank_certainty([0, 1, 2, 3], y, DEFAULT, ranked=[False, True, True])
    assert (found.best.tolist(), found.low.tolist()) == ([0.5, 0.5], [1, 1])
    everyone_out = rank_certainty([0, 1, 2, 3], y, DEFAULT, allowed=np.zeros((3, 1), np.bool_))
    assert everyone_out.best.sum() == pytest.approx(1.0)


def test_a_gap_counts_as_the_lowest_of_the_draw() -> None:
    """Pessimistic: a missing latency is as the worst one measured; else such a candidate has no score."""
    y = np.log([[2.0, 1.0, 1.0], [np.nan, 1.0, 4.0], [1.0, 1.0, 1.0]])[:, :, None]
    found = rank_certainty([0, 1, 2, 3], y, (0.5, 0.5, 0.0), pessimistic=True)
    assert found.low.tolist() == [2, 1, 3]  # .5 + .125, .25 + .5, .25 + .125
    assert rank_certainty([0, 1, 2, 3], y, (0.5, 0.5, 0.0)).low.tolist() == [3, 1, 2]
