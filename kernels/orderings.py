"""The order of a few things that agrees most with which of each two should come first, exactly.

Dynamic programming over subsets: the best order of a set begins with one of its members and goes on with
the best order of the others, so each of the 2ⁿ sets is looked at once, n steps each, instead of n! orders.
What a member gains by standing before a set is the sum of two looked-up halves. Memory is 16 bytes a set,
17 MB for 20 things.

Source: Lawler 1964, doi:10.1287/opre.12.2.301 (feedback arc sets); Held and Karp 1962, doi:10.1137/0110015.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import types
from numpy.typing import ArrayLike, NDArray

from .columns import real_table
from .jit import WHOLE, WHOLES_OUT, kernel

Wholes = NDArray[np.int64]

MOST = 20  # things: a set each bit of memory, and 20! still fits int64
LARGEST = 2**53  # more than all weights together, so that they are exact however they come in

_SUMS_IN = types.Array(types.int64, 2, "C", readonly=True)


@dataclass(frozen=True, slots=True)
class BestOrder:
    """An order that no other beats."""

    order: Wholes  # int64[n]: who stands first, second, …; of several orders the smallest in this sense
    agreement: int  # the sum of the weights [i, j] of all i that stand before j
    orders: int  # how many orders are as good, itself among them


def best_order(weights: ArrayLike) -> BestOrder:
    """The order of n ≤ 20 things with the largest sum of ``weights[i, j]`` over all i that stand before j.

    ``weights``: whole numbers, [n, n], of any sign; the diagonal counts for nothing. Of several orders that
    are as good it is the one whose first member is smallest, then its second, and so on.

    Raises TypeError for what holds no numbers, ValueError for tables that are not square, hold more than
    20 things, fractions, NaN, or numbers too large to be added up exactly.
    """
    table = _checked(real_table("weights", weights, None))
    n = len(table)
    half = n // 2
    low, high = _subset_sums(table, range(half)), _subset_sums(table, range(half, n))
    best, orders = np.zeros(1 << n, np.int64), np.ones(1 << n, np.int64)
    _fill_best(low, high, half, best, orders)
    order = np.empty(n, np.int64)
    left = (1 << n) - 1
    for place in range(n):
        for first in range(n):
            rest = left ^ (1 << first)
            gain = low[first, rest & ((1 << half) - 1)] + high[first, rest >> half]
            if left >> first & 1 and best[rest] + gain == best[left]:
                break
        order[place], left = first, rest
    return BestOrder(order, int(best[-1]), int(orders[-1]))


def _checked(table: NDArray[np.float64]) -> Wholes:
    if table.ndim != 2 or table.shape[0] != table.shape[1]:
        raise ValueError(f"weights must be a square table, not of shape {table.shape}")
    if len(table) > MOST:
        raise ValueError(f"weights must be of at most {MOST} things, not {len(table)}")
    if not (np.abs(table).sum() < LARGEST and (table == np.rint(table)).all()):
        raise ValueError("weights must be whole numbers, all together less than 2**53")
    return table.astype(np.int64)


def _subset_sums(table: Wholes, columns: Iterable[int]) -> Wholes:
    """The sum of each row over each subset of ``columns``, int64[n, 2**columns]; bit i is the ith of them."""
    sums = np.zeros((len(table), 1), np.int64)
    for column in columns:
        sums = np.concatenate([sums, sums + table[:, column : column + 1]], axis=1)
    return sums


@kernel((_SUMS_IN, _SUMS_IN, WHOLE, WHOLES_OUT, WHOLES_OUT), counted=False)
def _fill_best(low: Any, high: Any, half: int, best: Any, orders: Any) -> None:
    """Of each set, the agreement of its best order and how many orders reach it; set 0 is filled already."""
    mask = (1 << half) - 1
    for members in range(1, best.size):
        most, ways = best[0], orders[0] - orders[0]
        for first in range(low.shape[0]):
            if members >> first & 1:
                rest = members ^ (1 << first)
                reached = best[rest] + low[first, rest & mask] + high[first, rest >> half]
                if ways == 0 or reached > most:
                    most, ways = reached, orders[rest]
                elif reached == most:
                    ways += orders[rest]
        best[members], orders[members] = most, ways
