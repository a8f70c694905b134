"""How many nodes are below each node, where ways meet or turn back too."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.descendant_counts import descendant_counts

from tests.kernels.arrays import COMPILED

MANY = 200_000 if COMPILED else 300


def test_a_diamond_counts_once_what_two_ways_lead_to() -> None:
    """0 → 1, 2 → 3 → 4: both ways lead to 3 and 4, which count once."""
    assert descendant_counts([0, 0, 1, 2, 3], [1, 2, 3, 3, 4], 6).tolist() == [4, 2, 2, 1, 0, 0]


def test_a_cycle_leads_to_its_others() -> None:
    """0 → 1 → 2 → 0 and 2 → 3: each of the cycle reaches the other two and 3, none of them itself."""
    assert descendant_counts([0, 1, 2, 2], [1, 2, 0, 3], 4).tolist() == [3, 3, 3, 0]


def test_itself_is_no_descendant() -> None:
    """An edge from a node to itself, or one that is there twice, adds nothing."""
    assert descendant_counts([0, 0, 0, 1], [0, 1, 1, 1], 2).tolist() == [1, 0]


def test_a_long_line_takes_no_walk() -> None:
    """Without a step allowed, a line of many nodes is counted all the same."""
    found = descendant_counts(np.arange(MANY - 1), np.arange(1, MANY), MANY, most_steps=0)
    np.testing.assert_array_equal(found, np.arange(MANY)[::-1])


def test_what_would_take_too_long_has_no_count() -> None:
    """A cycle of 50 takes 51 steps a node: after more than 100 the others are unknown, the leaf not."""
    around = np.arange(50)
    found = descendant_counts([*around, 7], [*np.roll(around, -1), 50], 51, most_steps=100)
    assert found.tolist() == [50] * 2 + [-1] * 48 + [0]


@pytest.mark.parametrize(("parent", "child"), [([3], [0]), ([0], [3]), ([-1], [0])])
def test_an_end_out_of_range_is_refused(parent: list[int], child: list[int]) -> None:
    """Ends are nodes of the graph."""
    with pytest.raises(ValueError, match="must lie between 0 and n_nodes - 1, 2"):
        descendant_counts(parent, child, 3)
