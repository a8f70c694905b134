"""Candidates scored anew in each draw."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels import formulae
from fitment.kernels.draw_scores import draw_scores
from numpy.testing import assert_array_equal

VALUES = np.array([[[100.0, 50.0], [80.0, 60.0]], [[0.01, 0.02], [0.02, 0.01]], [[1e9, 1e9], [2e9, 5e8]]])


def test_each_draw_is_scored_as_it_stands() -> None:
    """Components are relative to the best of the same draw; the score is their weighted sum."""
    found = draw_scores(np.log(VALUES), (0.5, 0.3, 0.2))
    for d in (0, 1):
        t, latency, m = np.exp(np.log(VALUES[..., d]))
        parts = (
            formulae.throughput_component(t),
            formulae.latency_component(latency),
            formulae.memory_relative(m),
        )
        assert_array_equal([x[:, d] for x in found.components], parts)
        assert_array_equal(found.score[:, d], formulae.weighted_sum(*parts, 0.5, 0.3, 0.2))


def test_what_has_no_weight_is_not_computed() -> None:
    """It is NaN, and takes nothing from the score."""
    found = draw_scores(np.log(VALUES), (1.0, 0.0, 0.0))
    assert np.isnan(found.components[1]).all()
    assert np.isnan(found.spent).all()
    assert_array_equal(found.score, found.components[0])


def test_spending_falls_as_throughput_rises() -> None:
    """What a unit takes is what a second takes over the draw's throughput; only what weighs is computed."""
    found = draw_scores(np.log(VALUES), (0.5, 0.2, 0.1, 0.2, 0.0), spending=np.log([[1.0, 2.0], [3.0, 4.0]]))
    np.testing.assert_allclose(found.spent[0], [[0.01, 0.02], [2 / 80, 2 / 60]], rtol=1e-14)
    assert np.isnan(found.spent[1]).all()


def test_spending_without_figures_is_refused() -> None:
    """A weight of cost needs what it weighs."""
    with pytest.raises(ValueError, match="weights of cost and energy need spending"):
        draw_scores(np.log(VALUES), (0.5, 0.2, 0.1, 0.2, 0.0))
