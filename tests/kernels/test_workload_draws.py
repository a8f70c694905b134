"""A mix of models in draws: the configurations chosen, what runs, and ranks."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.rank_draws import rank_certainty
from fitment.kernels.workload_draws import chosen_in_draws, mix_certainty
from numpy.testing import assert_array_equal

DEFAULT = (0.5, 0.3, 0.2)


def group(seed: int, hardware: int = 3, each: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Offsets and draws of candidates that lie close together."""
    draws = np.random.default_rng(seed).normal(scale=0.1, size=(3, hardware * each, 200))
    return np.arange(0, hardware * each + 1, each), draws


@pytest.mark.parametrize("limited", [False, True])
def test_one_group_is_that_group_to_the_bit(limited: bool) -> None:
    """P(best), ranks and leads of a mix of one are ``rank_certainty``'s, with candidates left out or not."""
    offsets, draws = group(1)
    allowed = np.random.default_rng(2).random(draws.shape[1:]) < 0.6 if limited else None
    alone = rank_certainty(offsets, draws, DEFAULT, allowed=allowed)
    chosen = chosen_in_draws(offsets, draws, DEFAULT, allowed=allowed)
    mixed = mix_certainty(chosen.runs[None], chosen.components[:, None], DEFAULT, (7.0,))
    for name in ("best", "expected", "low", "high", "lead_low", "lead_high"):
        assert_array_equal(getattr(mixed, name), getattr(alone, name), err_msg=name)


def test_the_configuration_is_chosen_by_the_score_of_the_draw() -> None:
    """Of two candidates the better one of each draw; the first where they are equal."""
    t = np.log([[[1.0, 2.0, 1.0], [2.0, 1.0, 1.0]]])
    draws = np.concatenate([t, np.zeros((2, 2, 3))])
    found = chosen_in_draws([0, 2], draws, (1.0, 0.0, 0.0))
    assert found.components[0].tolist() == [[1.0, 1.0, 1.0]]
    spent = chosen_in_draws([0, 2], draws, (0.5, 0.0, 0.0, 0.5, 0.0), spending=np.log([[1.0, 1.0]] * 2))
    np.testing.assert_allclose(spent.spent[0], [[0.5, 0.5, 1.0]])
    np.testing.assert_allclose(spent.least[0], [0.5, 0.5, 1.0])


def test_what_runs_differs_between_draws() -> None:
    """Each draw has its own groups in common, and running more goes first in it."""
    runs = np.ones((2, 2, 4), bool)
    runs[1, 0, :2] = False  # hardware 0 misses the second group in half of the draws
    components = np.ones((3, 2, 2, 4))
    components[:, 0, 1] = 0.5
    found = mix_certainty(runs, components, DEFAULT)
    assert found.best.tolist() == [0.5, 0.5]


def test_a_lead_is_one_over_what_runs_as_much() -> None:
    """Over hardware that runs fewer groups there is no lead in score."""
    runs = np.array([[[True] * 3] * 2, [[True] * 3, [False] * 3]])
    found = mix_certainty(runs, np.ones((3, 2, 2, 3)), DEFAULT)
    assert found.lead_low.tolist() == [np.inf, -np.inf]


def test_shapes_must_agree() -> None:
    """Tables of another shape are refused by name, as is a mix without a draw."""
    with pytest.raises(ValueError, match="runs must be of shape"):
        mix_certainty(np.ones((2, 2), bool), np.ones((3, 2, 2)), DEFAULT)
    with pytest.raises(ValueError, match="runs must be of shape"):
        mix_certainty(np.ones((2, 2, 0), bool), np.ones((3, 2, 2, 0)), DEFAULT)
    with pytest.raises(ValueError, match="least must be of shape"):
        mix_certainty(np.ones((2, 2, 3), bool), np.ones((3, 2, 2, 3)), DEFAULT, least=np.ones((2, 2)))


def test_suitability_ranks_as_it_does_alone() -> None:
    """By score · c(n), gaps filled or not, a mix of one group is ``rank_certainty`` to the bit."""
    offsets, draws = group(3)
    sure = np.random.default_rng(4).choice([0.6, 0.8, 1.0], draws.shape[1])
    draws[1, 0] = draws[2, 3] = np.nan  # one lacks the latency, another the memory
    alone = rank_certainty(offsets, draws, DEFAULT, factor=sure, pessimistic=True)
    chosen = chosen_in_draws(offsets, draws, DEFAULT, pessimistic=True, confidence=sure, by_suitability=True)
    mixed = mix_certainty(
        chosen.runs[None], chosen.components[:, None], DEFAULT, confidence=chosen.confidence[None]
    )
    for name in ("best", "expected", "low", "high", "lead_low", "lead_high"):
        assert_array_equal(getattr(mixed, name), getattr(alone, name), err_msg=name)


def test_spending_that_is_not_known_counts_as_the_most() -> None:
    """With ``pessimistic`` a candidate without a price takes what the dearest of the others takes."""
    draws = np.zeros((3, 3, 2))
    draws[0, 1] = np.log(2.0)
    spending = np.array([[0.0, 0.0, np.nan]] * 2)
    weights = (0.5, 0.0, 0.0, 0.5, 0.0)
    found = chosen_in_draws([0, 1, 2, 3], draws, weights, spending=spending, pessimistic=True)
    np.testing.assert_allclose(found.spent[0], [[1.0] * 2, [0.5] * 2, [1.0] * 2])
