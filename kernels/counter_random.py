"""Random numbers as a function of a key and a counter: the same in any order and on any number of threads.

SplitMix64 adds a constant γ to its state before each word, so the state before word i of a stream is
known without drawing the others: word i = mix(key + (i + 1)·γ). Word for word it is the sequential
generator seeded with ``key``; it passes TestU01's BigCrush. Streams of different keys are pieces of one
sequence of 2⁶⁴ words, apart by chance: two of a million streams of a thousand words meet with
probability 5e-5, and then share words, at different counters.

Sources: Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014,
doi:10.1145/2660193.2660195; the multipliers are Stafford's variant 13. Integers below n are
the high half of a product (Lemire 2019, doi:10.1145/3230636), with 32 random bits and no rejection:
no integer's probability is off 1/n by more than 2⁻³².

NumPy only; ``kernels/resampling.py`` compiles the elementary lower half.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import key_column, whole_number

Words = NDArray[np.uint64]
Word = TypeVar("Word", np.uint64, Words)

GAMMA = np.uint64(0x9E3779B97F4A7C15)
FIRST_MULTIPLIER, SECOND_MULTIPLIER = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
FIRST_SHIFT, SECOND_SHIFT, LAST_SHIFT = np.uint64(30), np.uint64(27), np.uint64(31)
ONE, HALF_WIDTH = np.uint64(1), np.uint64(32)
UNIFORM_SHIFT, UNIFORM_UNIT = np.uint64(11), 2.0**-53

LARGEST_RANGE = 2**32


def stream_keys(seed: int, keys: ArrayLike, purpose: int = 0) -> Words:
    """The keys of streams, uint64[n], by hashing ``seed``, each of ``keys`` (uint64[n]) and ``purpose``.

    What shares all three shares its numbers; what differs in one has numbers of its own. Raises
    TypeError and ValueError for keys that are not whole numbers from 0 to 2**64 − 1.
    """
    hashed: Words = np.zeros(1, np.uint64)
    for part in (key_column("seed", [seed]), key_column("keys", keys), key_column("purpose", [purpose])):
        hashed = word(hashed, part)
    return hashed


def random_words(key: int, n: int, first: int = 0) -> Words:
    """Words ``first`` to ``first + n − 1`` of the stream of ``key``, uint64[n]: 64 random bits each.

    Raises TypeError and ValueError for a key or a counter that is not a whole number from 0 to 2**64 − 1,
    and for an n that is not one from 0.
    """
    counters = key_column("first", [first]) + np.arange(whole_number("n", n, least=0)).astype(np.uint64)
    return word(key_column("key", [key]), counters)


def random_integers(key: int, n: int, limit: int, first: int = 0) -> NDArray[np.int64]:
    """Uniform integers from 0 to ``limit`` − 1, int64[n], one a word of the stream of ``key``.

    Raises as ``random_words``, and for a ``limit`` that is not a whole number from 1 to 2**32.
    """
    ends = np.uint64(whole_number("limit", limit, 1, LARGEST_RANGE))
    return below(high_half(random_words(key, n, first)), ends).astype(np.int64)


def random_uniforms(key: int, n: int, first: int = 0) -> NDArray[np.float64]:
    """Uniform numbers in [0, 1), float64[n], multiples of 2⁻⁵³, one a word of the stream of ``key``.

    Raises as ``random_words``.
    """
    return (random_words(key, n, first) >> UNIFORM_SHIFT).astype(np.float64) * UNIFORM_UNIT


# Elementary: for arrays in NumPy, for numbers when compiled. All arithmetic is modulo 2⁶⁴.


def word(key: Word, counter: Word) -> Word:
    """Word ``counter`` of the stream of ``key``; also a hash of both, one to one in each."""
    z = key + (counter + ONE) * GAMMA
    z = (z ^ (z >> FIRST_SHIFT)) * FIRST_MULTIPLIER
    z = (z ^ (z >> SECOND_SHIFT)) * SECOND_MULTIPLIER
    mixed: Word = z ^ (z >> LAST_SHIFT)
    return mixed


def high_half(word: Word) -> Word:
    """The upper 32 bits of a word."""
    return word >> HALF_WIDTH


def below(half: Word, limit: np.uint64) -> Word:
    """An integer from 0 to ``limit`` − 1, ``limit`` ≤ 2³², from 32 random bits."""
    return (half * limit) >> HALF_WIDTH
