"""How far two columns rise together, by ranks: Spearman's ρ and Kendall's τ-b, of rows and of resamples.

Rows come with counts: of two million rows of which nearly all are alike (``distinct_rows.py``) little is left
to be sorted. A resample is another count for each (``multinomial.py``): an ordinary bootstrap of all rows,
which sorts nothing again.

Sources: Kendall, The treatment of ties in ranking problems, 1945, doi:10.1093/biomet/33.3.239; concordant
pairs by a binary indexed tree over the second column's values, O(k log v): Fenwick 1994,
doi:10.1002/spe.4380240306.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import counter_random
from .columns import key_column, real_table, whole_column, whole_number
from .distinct_rows import different
from .jit import FLOATS_OUT, IDS_IN, WHOLES_IN, WHOLES_OUT, elementary, kernel
from .multinomial import MOST_ROWS, kinds

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]
Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class RankCorrelations:
    """Of p pairs of columns; NaN where one of the two has no two different values."""

    n: Wholes  # int64[p]: rows in which both are known
    spearman: Floats  # float64[p]
    kendall: Floats  # float64[p]: τ-b


@dataclass(frozen=True, slots=True)
class ResampledCorrelations:
    """Of p pairs of columns in r resamples of the rows; NaN as for the rows themselves."""

    spearman: Floats  # float64[p, r]
    kendall: Floats  # float64[p, r]


def rank_correlations(
    columns: ArrayLike, pairs: Sequence[tuple[int, int]], counts: ArrayLike | None = None
) -> RankCorrelations:
    """The correlations of the columns that each of ``pairs`` names by their places.

    ``columns``: float64[c, k]; NaN is missing, and its row is left out of the pairs that have that column.
    ``counts``: int64[k], how often each row is there; None: once. Equal values share the mean of their ranks.
    Raises TypeError, ValueError.
    """
    table, wanted, times = _asked(columns, pairs, counts)
    found, n = np.empty((len(wanted), 2)), np.empty(len(wanted), np.int64)
    for p, pair in enumerate(wanted):
        joint = _joint(table, pair)
        sums = np.empty(joint.first.size, np.int64)
        _gather(joint.place, times, sums)
        n[p] = sums.sum()
        _measure(joint.first, joint.second, sums, *joint.room(), found[p])
    return RankCorrelations(n, found[:, 0].copy(), found[:, 1].copy())


def resampled_rank_correlations(
    columns: ArrayLike,
    pairs: Sequence[tuple[int, int]],
    counts: ArrayLike | None = None,
    *,
    replicates: int,
    seed: int = 0,
) -> ResampledCorrelations:
    """As ``rank_correlations``, of ``replicates`` resamples: n rows drawn from the n with replacement.

    All pairs share the draws, which follow from ``seed`` and the resample's number. Raises TypeError,
    ValueError.
    """
    table, wanted, times = _asked(columns, pairs, counts)
    resamples = np.arange(whole_number("replicates", replicates, least=1))
    streams = counter_random.stream_keys(int(key_column("seed", [seed])[0]), resamples)
    rows, drawn = kinds(times), np.empty(times.size, np.int64)
    joints = [_joint(table, pair) for pair in wanted]
    rooms = [(np.empty(joint.first.size, np.int64), *joint.room()) for joint in joints]
    found = np.empty((len(wanted), resamples.size, 2))
    for r, stream in enumerate(streams):
        rows.resampled(stream, drawn)
        for p, joint in enumerate(joints):
            _gather(joint.place, drawn, rooms[p][0])
            _measure(joint.first, joint.second, *rooms[p], found[p, r])
    return ResampledCorrelations(found[:, :, 0].copy(), found[:, :, 1].copy())


@dataclass(frozen=True, slots=True)
class _Joint:
    """The distinct pairs of values of two columns, sorted by the first, then the second."""

    first: Ids  # int32[k]: the value's place among the first column's
    second: Ids
    place: Ids  # int32[rows]: which pair each is; −1 where a value is missing

    def room(self) -> tuple[Wholes, Wholes, Wholes]:
        """For a measurement: the counts of each column's values, and the tree."""
        across, down = (int(values.max(initial=-1)) + 1 for values in (self.first, self.second))
        return np.empty(across, np.int64), np.empty(down, np.int64), np.empty(down + 1, np.int64)


def _asked(
    columns: Any, pairs: Sequence[tuple[int, int]], counts: Any
) -> tuple[Floats, list[tuple[int, int]], Wholes]:
    table = real_table("columns", columns, None)
    if table.ndim != 2:
        raise ValueError(f"columns must be of shape (columns, rows), not {table.shape}")
    if counts is None:
        counts = np.ones(table.shape[1], np.int64)
    times = whole_column("counts", counts, table.shape[1])
    if times.sum(dtype=np.float64) > MOST_ROWS:
        raise ValueError(f"counts must come to {MOST_ROWS:,} rows at most")
    last = table.shape[0] - 1
    wanted = [tuple(whole_number("pairs", each, 0, last) for each in pair) for pair in pairs]
    if any(len(pair) != 2 for pair in wanted):
        raise ValueError("pairs must hold two columns each")
    return table, [(pair[0], pair[1]) for pair in wanted], times


def _joint(table: Floats, pair: tuple[int, int]) -> _Joint:
    x, y = (table[column] for column in pair)
    known = ~(np.isnan(x) | np.isnan(y))
    across, down = (different(values[known]) for values in (x, y))
    width = max(down.size, 1)
    joint = np.searchsorted(across, x[known]) * width + np.searchsorted(down, y[known])
    keys = different(joint)
    place = np.full(x.size, -1, np.int32)
    place[known] = np.searchsorted(keys, joint)
    return _Joint((keys // width).astype(np.int32), (keys % width).astype(np.int32), place)


@elementary
def _rank_sums(ties):  # type: ignore[no-untyped-def]
    """Pairs that are equal, and the sum of squares of the mean ranks around their mean."""
    n = 0
    for each in ties:
        n += each
    equal, squares, below = 0, 0.0, 0
    for each in ties:
        equal += each * (each - 1) // 2
        off = below + 0.5 * (each - n)  # of the mean rank, from the mean of all
        squares += each * off * off
        below += each
    return equal, squares


@elementary
def _to_mean_ranks(ties):  # type: ignore[no-untyped-def]
    """Counts become the values' mean ranks from 0.5 on, twice as large: whole numbers."""
    below = 0
    for i in range(ties.size):
        each = ties[i]
        ties[i] = 2 * below + each
        below += each


@elementary
def _surplus(first, second, counts, tree):  # type: ignore[no-untyped-def]
    """Concordant less discordant pairs; ``tree`` holds the counts of what came before, by second value."""
    surplus, seen, start = 0, 0, 0
    while start < first.size:
        end = start
        while end < first.size and first[end] == first[start]:
            below, at = 0, second[end]
            while at > 0:
                below += tree[at]
                at -= at & -at
            equal_or_below, at = 0, second[end] + 1
            while at > 0:
                equal_or_below += tree[at]
                at -= at & -at
            surplus += counts[end] * (below - (seen - equal_or_below))
            end += 1
        for k in range(start, end):
            at = second[k] + 1
            while at < tree.size:
                tree[at] += counts[k]
                at += at & -at
            seen += counts[k]
        start = end
    return surplus


@kernel((IDS_IN, IDS_IN, WHOLES_OUT, WHOLES_OUT, WHOLES_OUT, WHOLES_OUT, FLOATS_OUT))
def _measure(first, second, counts, across, down, tree, out):  # type: ignore[no-untyped-def]
    """Fills ρ and τ-b of pairs of values that are ``counts`` times there."""
    across[:] = 0
    down[:] = 0
    tree[:] = 0
    n = 0
    for k in range(first.size):
        across[first[k]] += counts[k]
        down[second[k]] += counts[k]
        n += counts[k]
    equal_first, squares_first = _rank_sums(across)
    equal_second, squares_second = _rank_sums(down)
    out[:] = np.nan
    all_pairs = n * (n - 1) // 2
    if equal_first == all_pairs or equal_second == all_pairs:
        return
    together = _surplus(first, second, counts, tree)
    apart = np.sqrt(np.float64(all_pairs - equal_first)) * np.sqrt(np.float64(all_pairs - equal_second))
    out[1] = min(max(together / apart, -1.0), 1.0)
    _to_mean_ranks(across)
    _to_mean_ranks(down)
    product = 0.0
    for k in range(first.size):
        product += counts[k] * (0.25 * (across[first[k]] - n) * (down[second[k]] - n))
    out[0] = min(max(product / np.sqrt(squares_first * squares_second), -1.0), 1.0)


@kernel((IDS_IN, WHOLES_IN, WHOLES_OUT), counted=False)
def _gather(place, drawn, sums):  # type: ignore[no-untyped-def]
    """Fills how often each pair of values was drawn, from how often each row was."""
    sums[:] = 0
    for i in range(place.size):
        if place[i] >= 0:
            sums[place[i]] += drawn[i]
