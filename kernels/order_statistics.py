"""Order statistics of one short column, in the cache, by counting.

Numbers are looked for by keys, integers of the same width and order: comparing, counting and the nearest keys
on both sides of a pivot are then one loop of a few SIMD instructions. Pivots close in by interpolation, and
every fourth time by halving the range of keys, whatever the distribution. Where they start only decides how
soon they are there.

Keys fill whole blocks, so that no loop has a remainder; those beyond the last are larger than any number's.
Arguments ``number`` and ``key`` are two views of one place in memory, [1], to turn one into the other.
"""

from __future__ import annotations

import numpy as np

from .jit import reduction, uncounted, version_of

BLOCK = 32


@uncounted
def whole_blocks(size):  # type: ignore[no-untyped-def]
    """``size`` rounded up to whole blocks."""
    return (size + BLOCK - 1) & -BLOCK


@uncounted
def fold(bits):  # type: ignore[no-untyped-def]
    """The key of a float's bits, and the bits of a key; −0 becomes 0."""
    least = bits.dtype.type(np.iinfo(bits.dtype).min)
    for i in range(bits.size):
        bits[i] = bits[i] if bits[i] >= 0 else least - bits[i]


@uncounted
def fill_keys(bits, keys):  # type: ignore[no-untyped-def]
    """Fills ``keys`` with those of ``bits``, the rest with larger ones; gives the smallest and largest."""
    least = keys.dtype.type(np.iinfo(keys.dtype).min)
    most = keys.dtype.type(np.iinfo(keys.dtype).max)
    smallest, largest = most, least
    for i in range(bits.size):
        key = bits[i] if bits[i] >= 0 else least - bits[i]
        smallest, largest = min(smallest, key), max(largest, key)
        keys[i] = key
    for i in range(bits.size, keys.size):
        keys[i] = most
    return np.int64(smallest), np.int64(largest)


@uncounted
def fill_deviations(x, centre, deviations, keys):  # type: ignore[no-untyped-def]
    """Fills ``deviations`` with |x − centre|, whose bits are its ``keys``, and the rest of them as above."""
    for i in range(x.size):
        deviations[i] = abs(np.float64(x[i]) - centre)
    for i in range(x.size, keys.size):
        keys[i] = np.iinfo(np.int64).max


@uncounted
def key_of(x, number, key):  # type: ignore[no-untyped-def]
    """The key of ``x``."""
    number[0] = x
    fold(key)
    return np.int64(key[0])


@uncounted
def number_of(wanted, number, key):  # type: ignore[no-untyped-def]
    """The number whose key is ``wanted``."""
    key[0] = wanted
    fold(key)
    return np.float64(number[0])


@uncounted
def counts_upto(keys, first, second):  # type: ignore[no-untyped-def]
    """How many keys are at most ``first``, and at most ``second``."""
    a, b = np.int32(0), np.int32(0)
    for i in range(keys.size):
        a = np.int32(a + (keys[i] <= first))
        b = np.int32(b + (keys[i] <= second))
    return np.int64(a), np.int64(b)


@uncounted
def around(keys, pivot):  # type: ignore[no-untyped-def]
    """How many keys are at most ``pivot``, the largest of them, and the smallest of the others."""
    least = keys.dtype.type(np.iinfo(keys.dtype).min)
    most = keys.dtype.type(np.iinfo(keys.dtype).max)
    count, last, following = np.int32(0), least, most
    for i in range(keys.size):
        key = keys[i]
        count = np.int32(count + (key <= pivot))
        last = max(last, key if key <= pivot else least)
        following = min(following, most if key <= pivot else key)
    return np.int64(count), np.int64(last), np.int64(following)


@uncounted
def pivot_between(k, low, below, high, upto, step):  # type: ignore[no-untyped-def]
    """The next pivot, from low to high − 1: beside an end that is next to the ``k``-th key, or inside."""
    if k == below:
        return low
    if k + 2 >= upto:
        return high - 1
    share = 0.5 if step % 4 == 3 else (k + 0.5 - below) / (upto - below)
    half = np.int64(((high >> 1) - (low >> 1)) * share)  # of half the range, which can't overflow
    return min(low + half + half, high - 1)


@uncounted
def pair_between(keys, k, low, below, high, upto):  # type: ignore[no-untyped-def]
    """The ``k``-th smallest key, from 0, and the next one, which is anything if there is none.

    It lies from ``low`` to ``high``; ``below`` keys are less than that, ``upto`` are not more.
    """
    step = 0
    while low < high:
        pivot = pivot_between(k, low, below, high, upto, step)
        count, last, following = around(keys, keys.dtype.type(pivot))
        if count == k + 1:
            return last, following
        if count > k:
            high, upto = last, count
        else:
            low, below = following, count
        step += 1
    count, last, following = around(keys, keys.dtype.type(low))
    return low, low if count > k + 1 else following


@uncounted
def pair_at(keys, size, k, low, high, guess, other):  # type: ignore[no-untyped-def]
    """As ``pair_between``, of ``size`` keys, all from ``low`` to ``high``; ``guess`` ≤ ``other`` may be
    around the one that is asked for.
    """
    guess, other = min(max(guess, low), high), min(max(other, low), high)
    first, second = counts_upto(keys, keys.dtype.type(guess), keys.dtype.type(other))
    if first > k:
        return pair_between(keys, k, low, np.int64(0), guess, first)
    if second > k:
        return pair_between(keys, k, guess + 1, first, other, second)
    return pair_between(keys, k, other + 1, second, high, np.int64(size))


@uncounted
def between(a, b, share):  # type: ignore[no-untyped-def]
    """The number that lies ``share`` of the way from a to b, as NumPy computes it."""
    return (a + (b - a) * share if share < 0.5 else b - (b - a) * (1.0 - share)) + 0.0


@uncounted
def quantile(keys, size, q, low, high, guess, error, number, key):  # type: ignore[no-untyped-def]
    """Quantile ``q`` of the numbers of ``size`` keys, linear between neighbours.

    ``low`` and ``high`` are bounds of all keys; ``guess`` is a number near it, within about ``error``.
    """
    place = (size - 1) * q
    k = np.int64(place)
    first, second = key_of(guess - error, number, key), key_of(guess + error, number, key)
    first, second = pair_at(keys, size, k, low, high, first, second)
    a = number_of(first, number, key)
    return a if place == k else between(a, number_of(second, number, key), place - k)


@uncounted
def _deviation(x, shift):  # type: ignore[no-untyped-def]
    """Apart from the sums, whose leave to reorder would move the shift out of them."""
    return np.float64(x) - shift


@reduction
def deviations_from(x, shift):  # type: ignore[no-untyped-def]
    """The sums of deviations from ``shift`` and of their squares."""
    total, squares = 0.0, 0.0
    for i in range(x.size):
        deviation = _deviation(x[i], shift)
        total += deviation
        squares += deviation * deviation
    return total, squares


@uncounted
def keep_measured(x):  # type: ignore[no-untyped-def]
    """Moves the finite numbers of ``x`` to its front, in their order; gives how many there are."""
    kept = 0
    for i in range(x.size):
        value = x[i]
        x[kept] = value
        kept += value - value == 0.0
    return kept


VERSION = version_of(
    whole_blocks,
    fold,
    fill_keys,
    fill_deviations,
    key_of,
    number_of,
    counts_upto,
    around,
    pivot_between,
    pair_between,
    pair_at,
    between,
    quantile,
    _deviation,
    deviations_from,
    keep_measured,
)
