"""Hartigan's dip: how far samples are from having one mode.

Source: J. A. Hartigan and P. M. Hartigan, The dip test of unimodality, Annals of Statistics 13 (1985) 70–84.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MOST_POINTS = 256

Floats = NDArray[np.float64]


def dip(samples: Floats) -> float:
    """The largest distance between the samples' distribution and the nearest with one mode: 1/2n to 1/4.

    More than 256 samples are thinned to as many of their quantiles: the shape stays, the cost too.

    The mode is closed in upon from both sides. Left of it the nearest distribution is the greatest convex
    minorant of the empirical one, right of it the least concave majorant; where these two are furthest apart
    the next, narrower interval begins, until they are nearer than what lies outside it already is.
    """
    x, below, above = _empirical(samples)
    found = 1.0  # in units of half a sample
    while True:
        left, right = _convex_knots(x, below), _concave_knots(x, above)
        minorant = np.interp(x, x[left], below[left])
        majorant = np.interp(x, x[right], above[right])
        widest = int(np.argmax(majorant - minorant))
        if (majorant - minorant)[widest] <= found:
            break
        start = int(left[left <= widest][-1])
        end = int(right[right >= widest][0])
        point = start == end  # a mode that is one value may hold any number of samples
        outside = [(above - minorant)[: start + (not point)], (majorant - below)[end + point :]]
        found = max(found, *(float(side.max(initial=0)) for side in outside))
        if point or end - start == len(x) - 1:
            break
        x, below, above = (values[start : end + 1] for values in (x, below, above))
    return found / 2 / min(len(samples), MOST_POINTS)


def _empirical(samples: Floats) -> tuple[Floats, Floats, Floats]:
    """The distinct values, and how many samples lie below each and not above it."""
    n = len(samples)
    ordered = np.sort(samples)
    if n > MOST_POINTS:
        ordered = ordered[((np.arange(MOST_POINTS) + 0.5) * n / MOST_POINTS).astype(np.intp)]
    x, counts = np.unique(ordered, return_counts=True)
    above = np.cumsum(counts).astype(np.float64)
    return x, above - counts, above


def _convex_knots(x: Floats, y: Floats) -> NDArray[np.intp]:
    """Where the greatest convex function under the points touches them, from left to right."""
    xs, ys = x.tolist(), y.tolist()
    knots: list[int] = []
    for i in range(len(xs)):
        while len(knots) > 1 and _is_above(xs, ys, knots[-2], knots[-1], i):
            knots.pop()
        knots.append(i)
    return np.array(knots)


def _concave_knots(x: Floats, y: Floats) -> NDArray[np.intp]:
    """Where the least concave function above the points touches them, from left to right."""
    return _convex_knots(x, -y)


def _is_above(xs: list[float], ys: list[float], a: int, b: int, c: int) -> bool:
    """Whether point b lies on the line from a to c or above it."""
    return (ys[c] - ys[b]) * (xs[b] - xs[a]) <= (ys[b] - ys[a]) * (xs[c] - xs[b])
