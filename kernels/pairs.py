"""Two sides compared by pairs of fresh processes, each pair run close together so that drift meets both.

A pair says d = ln(head / base), positive where head is slower. The median of the pairs is the estimate, and
everything said of it holds for any distribution of d: its interval runs between two order statistics, which
from 8 pairs on cover 99 % exactly ([min, max] of 8 covers 99.2 %; fewer have no such interval, and a
bootstrap of 8 covers 98 %). Benchmarks lie one after the other (CSR), as ``scores.py`` has its groups.

The mean of d over the benchmarks of one pass is the log of the suite's geometric mean in that pass: it takes
the same interval over the passes. NumPy and the standard library only, since the gate has to start fast.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import each_number, group_offsets, inner_share, real_column, whole_column, whole_number
from .intervals import order_statistic_rank

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]

CONFIDENCE = 0.99
FALSE_DISCOVERY_RATE = 0.05


@dataclass(frozen=True, slots=True)
class PairComparisons:
    """What the pairs of g benchmarks say. ln units; positive = head is slower. NaN = can't be said."""

    count: Wholes  # int64[g] pairs with both sides measured
    above: Wholes  # int64[g] pairs whose d > ln(1 + δ)
    below: Wholes  # int64[g] pairs whose d < ln(1 + δ)
    estimate: Floats  # float64[g] median of d; NaN without a pair
    low: Floats  # float64[g] limits of the median; NaN with too few pairs for the confidence
    high: Floats
    p_value: Floats  # float64[g] one-sided sign test of "the median of d is at most ln(1 + δ)"


def log_ratios(base: ArrayLike, head: ArrayLike, *, larger_is_better: bool = False) -> Floats:
    """d = ln(head / base) of each pair, float64[n]; ln(base / head) where larger is better.

    ``base`` and ``head`` are the medians of the two processes of each pair, [n], in one unit. NaN where a
    side is not a finite positive number. Raises TypeError, ValueError.
    """
    first = real_column("base", base)
    second = real_column("head", head, first.size)
    known = (first > 0.0) & (first < np.inf) & (second > 0.0) & (second < np.inf)
    # The logarithm of each, so that sides that are swapped give exactly −d.
    d = np.log(np.where(known, second, np.nan)) - np.log(np.where(known, first, np.nan))
    return -d if larger_is_better else d


def compare_pairs(
    offsets: ArrayLike, d: ArrayLike, delta: ArrayLike, confidence: float = CONFIDENCE
) -> PairComparisons:
    """The median log ratio of each benchmark with its exact interval, and its sign test against δ.

    Pairs of benchmark b are ``d[offsets[b]:offsets[b + 1]]``, ln units, [n]; NaN and ±Inf are pairs that were
    not measured and count for nothing. ``delta`` is the relative change that is tolerated, 0.05 = 5 %, one
    or one for each benchmark. For improvements ask about −d.

    The p-value is P(Binomial(n, 1/2) ≥ number of d > ln(1 + δ)). A d that equals ln(1 + δ) speaks for
    "at most", so that the test holds its level with ties, too (leaving ties out would not).

    Raises TypeError for arrays that don't hold numbers, ValueError for shapes, offsets, δ or a confidence
    that can't be meant. Source: David and Nagaraja, Order Statistics, 2003, §7.1; Dixon and Mood 1946.
    """
    values = real_column("d", d)
    starts = group_offsets(offsets, values.size, members="pairs")
    sizes = np.diff(starts)
    threshold = np.log1p(_tolerances(delta, sizes.size))
    confidence = inner_share("confidence", confidence)
    values = np.where(np.isfinite(values), values, np.nan)
    found = np.full((6, sizes.size), np.nan)
    found[:3] = 0.0
    for size in np.unique(sizes[sizes > 0]):  # a benchmark has as many pairs as many others
        which = np.flatnonzero(sizes == size)
        rows = values[starts[which][:, None] + np.arange(size)]
        found[:, which] = _compare_rows(rows, threshold[which], confidence)
    n, above, below = found[:3].astype(np.int64)
    return PairComparisons(n, above, below, found[3], found[4], found[5], _sign_test(n, above))


def _compare_rows(d: Floats, threshold: Floats, confidence: float) -> tuple[NDArray[Any], ...]:
    """The first six fields of ``PairComparisons`` for benchmarks of equally many pairs, a row for each."""
    ordered = np.sort(d, axis=1)  # NaN last
    n, each = np.isfinite(d).sum(axis=1), np.arange(d.shape[0])
    rank = _ranks(n, confidence)

    def at(place: Wholes, known: NDArray[np.bool_]) -> Floats:
        return np.where(known, ordered[each, np.where(known, place, 0)], np.nan)

    above, below = (d > threshold[:, None]).sum(axis=1), (d < threshold[:, None]).sum(axis=1)
    estimate = (at((n - 1) // 2, n > 0) + at(n // 2, n > 0)) / 2.0
    return n, above, below, estimate, at(rank - 1, rank > 0), at(n - rank, rank > 0)


def pairs_needed(
    count: ArrayLike, above: ArrayLike, below: ArrayLike, confidence: float = CONFIDENCE
) -> Floats:
    """About how many pairs it takes until the interval leaves the threshold on one side, float64[g].

    ``count``, ``above`` and ``below`` as in ``PairComparisons``, [g]. With a share q of the pairs on the
    wrong side the order statistic n/2 − z·√n/2 passes the threshold from n = (z / (1 − 2q))² on; with so many
    pairs between a third and three quarters of all tries are decided. Never fewer than have an interval at
    all. ∞ where q ≥ 1/2: the median lies on the threshold, and no number of pairs will tell. NaN without a
    pair.

    Raises TypeError, ValueError.
    """
    n = whole_column("count", count)
    most = np.maximum(whole_column("above", above, n.size), whole_column("below", below, n.size))
    if (most > n).any():
        raise ValueError("above and below must not exceed count")
    confidence = inner_share("confidence", confidence)
    least = _least_pairs(confidence)
    z = -NormalDist().inv_cdf((1.0 - confidence) / 2.0)  # of the lower tail, which no rounding makes 0
    with np.errstate(divide="ignore", invalid="ignore"):
        margin = 2.0 * (most / n) - 1.0  # 1 − 2q
        needed = np.ceil((z / margin) ** 2)
    return np.where(margin > 0.0, np.maximum(needed, least), np.where(n > 0, np.inf, np.nan))


def family_pairs(benchmarks: int, rate: float = FALSE_DISCOVERY_RATE) -> int:
    """How many pairs a lone regression among so many needs to be found by Benjamini–Hochberg: ⌈log₂(m/rate)⌉.

    That is with all of its pairs above δ, p = 2⁻ⁿ, and nothing else to be found.

    Raises TypeError, ValueError.
    """
    members = whole_number("benchmarks", benchmarks, least=1)
    return math.ceil(math.log2(members / inner_share("rate", rate)))


def _tolerances(delta: ArrayLike, groups: int) -> Floats:
    each = each_number("delta", delta, groups)
    if not ((each >= 0.0) & (each < np.inf)).all():
        raise ValueError("delta must be finite and not negative, as 0.05 for 5 %")
    return each


def _ranks(n: Wholes, confidence: float) -> Wholes:
    """The rank of the lower limit among n pairs, for many n of which few differ."""
    distinct, which = np.unique(n, return_inverse=True)
    return np.array([order_statistic_rank(m, confidence) for m in distinct.tolist()], np.int64)[which]


def _sign_test(n: Wholes, above: Wholes) -> Floats:
    """P(Binomial(n, 1/2) ≥ above) of each."""
    stride = int(n.max(initial=0)) + 1
    distinct, which = np.unique(n * stride + above, return_inverse=True)
    return np.array([_upper_tail(*divmod(code, stride)) for code in distinct.tolist()], np.float64)[which]


@lru_cache(maxsize=4096)
def _upper_tail(n: int, successes: int) -> float:
    """P(Binomial(n, 1/2) ≥ successes), one rounding away from exact: counted in whole numbers."""
    ways, total = 1, 0
    for k in range(n - successes + 1):  # as many as fail
        total += ways
        ways = ways * (n - k) // (k + 1)
    return total / (1 << n)


def _least_pairs(confidence: float) -> int:
    """The fewest pairs whose [min, max] covers the median often enough."""
    n = 1
    while order_statistic_rank(n, confidence) == 0:
        n += 1
    return n
