"""How often each kind of row is drawn when all rows are resampled: without drawing every one of them.

Of n rows in k kinds, n are drawn with replacement: how often each kind comes is multinomial. Kinds of at
least COMMON rows are drawn one by one, each a binomial number of the draws that are left, by inversion
outwards from its mode (Kemp 1986, doi:10.2307/2347962); the rows of all others are drawn singly. That is the
same distribution, and costs as many steps as there are rare rows, however many there are of the common ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import types
from numpy.typing import ArrayLike, NDArray

from . import counter_random
from .columns import key_column, whole_column
from .jit import IDS_IN, WHOLES_IN, WHOLES_OUT, elementary, kernel, version_of

Wholes = NDArray[np.int64]
Ids = NDArray[np.int32]

COMMON = 64
MOST_ROWS = 2**31 - 1
LEFT_OUT = 1e-16  # of probability, beyond which nobody looks for a number
_STATED = counter_random.word, counter_random.high_half, counter_random.below
_word, _high_half, _below = (elementary(function) for function in _STATED)
_SHIFT, _UNIT = counter_random.UNIFORM_SHIFT, counter_random.UNIFORM_UNIT


@dataclass(frozen=True, slots=True)
class Kinds:
    """Rows by kind, ready to be resampled again and again."""

    counts: Wholes  # int64[k]
    rare: Ids  # int32[…]: the kind of each row of a rare kind

    def resampled(self, stream: np.uint64, drawn: Wholes) -> None:
        """Fills ``drawn``, int64[k], from the random stream of that key."""
        _fill_drawn(stream, self.counts, self.rare, drawn)


def kinds(counts: ArrayLike) -> Kinds:
    """Of how many rows there are of each kind, int64[k]. Raises TypeError, ValueError."""
    given = whole_column("counts", counts)
    if given.sum(dtype=np.float64) > MOST_ROWS:
        raise ValueError("counts must come to 2**31 - 1 rows at most")
    rare = np.where(given < COMMON, given, 0)
    return Kinds(given, np.repeat(np.arange(given.size, dtype=np.int32), rare))


def resampled_counts(counts: ArrayLike, key: int) -> Wholes:
    """How often each of k kinds is among n draws from n rows, int64[k], which come to n.

    ``counts``: int64[k], the rows of each kind. ``key``: of the random stream. Raises TypeError, ValueError.
    """
    rows = kinds(counts)
    drawn = np.empty(rows.counts.size, np.int64)
    rows.resampled(key_column("key", [key])[0], drawn)
    return drawn


@elementary
def _outwards(n, p, u):  # type: ignore[no-untyped-def]
    """The binomial number of ``n`` trials at which the probabilities around the mode have come to ``u``."""
    mode = min(int((n + 1) * p), n)
    peak = math.lgamma(n + 1.0) - math.lgamma(mode + 1.0) - math.lgamma(n - mode + 1.0)
    above = math.exp(peak + mode * math.log(p) + (n - mode) * math.log1p(-p))
    high, low, below, odds = mode, mode, above, p / (1.0 - p)
    u -= above
    while u >= 0.0 and above + below > LEFT_OUT:
        above *= odds * (n - high) / (high + 1.0)
        high += 1
        u -= above
        if u < 0.0:
            return high
        below *= low / (odds * (n - low + 1.0))
        low -= 1
        u -= below
        if u < 0.0:
            return low
    return mode


def _compile(version: str) -> Any:
    """The kernel, renewed in Numba's cache whenever ``version`` is another."""

    @kernel((types.uint64, WHOLES_IN, IDS_IN, WHOLES_OUT))
    def fill_drawn(stream, counts, rare, drawn):  # type: ignore[no-untyped-def]
        """Fills how often each kind is drawn: the common ones in their order, then the rare ones' rows."""
        _ = version
        drawn[:] = 0
        rows = 0
        for each in counts:
            rows += each
        left = rows
        for kind in range(counts.size):
            if counts[kind] < COMMON or left == 0:
                continue
            if counts[kind] == rows:
                drawn[kind] = left
            else:
                u = (_word(stream, np.uint64(kind)) >> _SHIFT) * _UNIT
                drawn[kind] = _outwards(left, counts[kind] / rows, u)
            left -= drawn[kind]
            rows -= counts[kind]
        first, limit = np.uint64(counts.size), np.uint64(rare.size)
        for i in range(left):
            drawn[rare[np.int64(_below(_high_half(_word(stream, first + np.uint64(i))), limit))]] += 1

    return fill_drawn


_fill_drawn = _compile(version_of(*_STATED, counter_random.random_uniforms))
