"""Who speaks for a family."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.family_heads import family_heads

from tests.kernels.graphs import texts

NAN = np.nan


def heads(may: list[bool], created: list[float], used: list[float], names: list[str]) -> list[int]:
    """Of one family."""
    return family_heads(np.zeros(len(may), np.int32), may, created, used, *texts(names)).tolist()


def test_the_oldest_then_the_most_used_then_the_name() -> None:
    """What nobody said comes last, each time."""
    everyone = [True] * 3
    names = ["c", "b", "a"]
    assert heads(everyone, [2, 1, NAN], [9, 1, 9], names) == [1] * 3
    assert heads(everyone, [1, 1, 1], [3, NAN, 4], names) == [2] * 3
    assert heads(everyone, [NAN, NAN, NAN], [4, 4, 4], names) == [2] * 3
    assert heads(everyone, [NAN, NAN, NAN], [NAN, NAN, NAN], ["b", "", "a"]) == [1] * 3
    assert heads(everyone, [1, 1, 1], [4, 4, 4], ["ab", "abc", "é"]) == [0] * 3
    assert heads([False, True, True], [1, 2, 2], [9, 1, 3], names) == [2] * 3


def test_families_are_apart() -> None:
    """One in which nobody may speak has no head."""
    text, starts = texts(["a", "b", "c", "d"])
    found = family_heads([1, 1, 2, 3], [True, True, True, False], [2, 1, 5, 0], [0, 0, 0, 0], text, starts)
    assert found.tolist() == [1, 1, 2, -1]


def test_arguments_that_do_not_fit() -> None:
    """Are refused by name."""
    text, starts = texts(["a"])
    with pytest.raises(ValueError, match="family must lie between 0 and the number of nodes - 1, 0"):
        family_heads([1], [True], [0], [0], text, starts)
    with pytest.raises(ValueError, match="starts must be of shape"):
        family_heads([0, 0], [True, True], [0, 0], [0, 0], text, starts)
