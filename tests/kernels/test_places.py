"""Places drawn a register at a time: the words of the stream, and pairs for both their orders."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.counter_random import below, random_words
from fitment.kernels.jit import elementary
from fitment.kernels.places import WIDTH, fill_places
from numpy.testing import assert_array_equal

ROOM = WIDTH - 1
STREAM = 2**63 + 12345


@elementary
def filled(stream, begin, count, limit, m, shift, words, places):  # type: ignore[no-untyped-def]
    fill_places(stream, begin, count, limit, m, shift, words, places)


def drawn(begin: int, count: int, limit: int, m: int, shift: int) -> tuple[np.ndarray, np.ndarray]:
    words, places = np.empty(count + ROOM, np.uint64), np.empty(2 * (count + ROOM), np.uint32)
    filled(np.uint64(STREAM), np.uint64(begin), count, limit, m, shift, words, places)
    return words[:count], places[: 2 * count].astype(np.int64)


@pytest.mark.parametrize("count", [1, 7, 8, 29])
@pytest.mark.parametrize("begin", [0, 5, 2**64 - 3])
def test_words_are_those_of_the_stream(begin: int, count: int) -> None:
    """Any of them, also where the counter wraps around; each half gives an integer, the lower one first."""
    words, places = drawn(begin, count, 1000, 1000, 0)
    assert_array_equal(words, random_words(STREAM, count, begin))
    halves = words.view(np.uint32).astype(np.uint64)
    assert_array_equal(places, below(halves, np.uint64(1000)))


@pytest.mark.parametrize("limit", [1, 2**31 - 1, 2**32 - 1])
def test_the_largest_limits(limit: int) -> None:
    """Integers of nearly 32 bits, below a limit that is no multiple of anything."""
    words, places = drawn(0, 16, limit, 0, 0)
    halves = words.view(np.uint32).astype(np.uint64)
    u = below(halves, np.uint64(limit)).astype(np.int64)
    assert_array_equal(places, u // 2)


def test_pairs_stand_for_both_orders() -> None:
    """Of m² ordered pairs each of two different rows is drawn twice as often as one of a row with itself."""
    m, count = 5, 40_000
    _, places = drawn(0, count, m * m, m, 2)
    assert_array_equal(places % 4, 0)
    times = np.bincount(places // 4, minlength=m * (m + 1) // 2)
    expected = np.repeat([1, 2], [m, m * (m - 1) // 2]) * 2 * count / m**2
    assert times.size == expected.size
    assert np.abs(times - expected).max() < 5 * expected.max() ** 0.5
