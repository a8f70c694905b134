"""Random numbers by key and counter: SplitMix64 to the word, uniform, unbiased, and reachable anywhere."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.counter_random import (
    below,
    random_integers,
    random_uniforms,
    random_words,
    stream_keys,
)
from scipy import stats

DRAWS = 20_000


def test_words_are_those_of_splitmix64() -> None:
    """The published sequence of the seed 1234567."""
    expected = [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]
    assert random_words(1234567, 5).tolist() == expected


def test_any_word_without_those_before() -> None:
    """A stream may be entered anywhere, also where its counter wraps around."""
    words = random_words(7, 100)
    np.testing.assert_array_equal(random_words(7, 40, first=60), words[60:])
    assert random_words(7, 2, first=2**64 - 1)[1] == words[0]


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 10, 50, 64, 1000])
def test_integers_are_uniform(limit: int) -> None:
    """Every integer below the limit comes as often as chance has it, and none beyond."""
    counts = np.bincount(random_integers(3, DRAWS, limit), minlength=limit)
    assert counts.size == limit
    assert limit == 1 or stats.chisquare(counts).pvalue > 1e-3


@pytest.mark.parametrize("limit", [3, 2500, 4096, 10**6 + 3])
def test_no_integer_is_favoured(limit: int) -> None:
    """Of all 2³² halves, each integer takes as many as any other, or one less."""
    starts = -(-np.arange(limit + 1, dtype=object) * 2**32 // limit)  # the first half that gives each
    shares = np.diff(starts)
    assert {*shares} <= {2**32 // limit, 2**32 // limit + 1}
    halves = np.array(starts[:-1], np.uint64)
    np.testing.assert_array_equal(below(halves, np.uint64(limit)), np.arange(limit))
    np.testing.assert_array_equal(below(halves[1:] - np.uint64(1), np.uint64(limit)), np.arange(limit - 1))


def test_uniforms_are_uniform() -> None:
    """In [0, 1), by the test of Kolmogorov and Smirnov; neighbours don't depend on each other."""
    u = random_uniforms(5, DRAWS)
    assert u.min() >= 0.0
    assert u.max() < 1.0
    assert stats.kstest(u, "uniform").pvalue > 1e-3
    assert abs(np.corrcoef(u[:-1], u[1:])[0, 1]) < 4 / DRAWS**0.5


def test_streams_do_not_depend_on_each_other() -> None:
    """Neighbouring seeds, keys and purposes give unrelated streams."""
    near = [(1, 1, 0), (2, 1, 0), (1, 2, 0), (1, 1, 1), (0, 0, 0)]
    streams = [int(stream_keys(seed, [key], purpose)[0]) for seed, key, purpose in near]
    u = np.array([random_uniforms(stream, DRAWS) for stream in streams])
    assert np.abs(np.corrcoef(u) - np.eye(len(near))).max() < 4 / DRAWS**0.5
    firsts = [random_uniforms(int(key), 1)[0] for key in stream_keys(1, range(999))]
    assert stats.kstest(firsts, "uniform").pvalue > 1e-3


def test_every_bit_is_fair() -> None:
    """Each of the 64 bits is set half of the time."""
    bits = np.unpackbits(random_words(9, DRAWS).view(np.uint8)).reshape(DRAWS, 64)
    assert np.abs(bits.mean(axis=0) - 0.5).max() < 4 * 0.5 / DRAWS**0.5


@pytest.mark.parametrize("limit", [0, -1, 2**32 + 1])
def test_limits_that_cannot_be(limit: int) -> None:
    """A range holds 1 to 2³² integers."""
    with pytest.raises(ValueError, match="limit must be at"):
        random_integers(1, 3, limit)


def test_numbers_that_cannot_be_keys() -> None:
    """Keys are whole and not negative; a number of words is not negative."""
    with pytest.raises(ValueError, match="seed must lie between 0"):
        stream_keys(-1, [1])
    with pytest.raises(TypeError, match="keys must hold whole numbers"):
        stream_keys(1, [1.5])
    with pytest.raises(ValueError, match="n must be at least 0"):
        random_words(1, -1)


def test_halves_of_words_and_of_limits() -> None:
    """Two and a half words were three, and a limit of 2.5 was 2."""
    with pytest.raises(TypeError, match="n must be a whole number"):
        random_words(1, 2.5)
    with pytest.raises(TypeError, match="limit must be a whole number"):
        random_integers(1, 2, 2.5)
