"""The summary of one group whose values lie side by side: moments, then quantiles near where they should be.

A quantile is looked for first between two bounds around the one that normal numbers with the group's mean and
variance would have (``windows.py``); where it isn't there, by pivots over all of the group
(``order_statistics.py``).
"""

from __future__ import annotations

import numpy as np

from . import order_statistics, windows
from .jit import uncounted, version_of
from .order_statistics import (
    deviations_from,
    fill_deviations,
    fill_keys,
    keep_measured,
    key_of,
    quantile,
    whole_blocks,
)
from .windows import PACKS, quantile_between

MEAN, VARIANCE, MAD, QUANTILES = range(4)  # places in summaries; quantiles are the rest of them
MISGUESS = 0.8  # by how many standard errors of a guess the first two pivots stand off it
REACH = 3.2  # and the bounds between which a quantile is looked for first
FAR = 0.9  # share of the squares that a shift may add to them
NORMAL_MAD = 0.67449  # of a standard deviation
MIDDLE_SLOPE = 2.50663  # √(2π): of the quantiles of standard normal numbers, around their median


@uncounted
def moments_of(x):  # type: ignore[no-untyped-def]
    """Moves the measured values of ``x`` to its front if there are others; gives their number, their mean and
    the sum of their squared deviations from it.
    """
    size, shift = x.size, np.float64(x[0]) if x.size > 0 else np.nan
    total, squares = deviations_from(x, shift)
    if squares - squares != 0.0:
        size = keep_measured(x)
        shift = np.float64(x[0])
        total, squares = deviations_from(x[:size], shift)
    if size == 0:
        return size, np.nan, np.nan
    if total / size * total > FAR * squares:
        shift += total / size
        total, squares = deviations_from(x[:size], shift)
    offset = total / size
    if squares < np.inf:
        squares = max(squares - total * offset, 0.0)
    return size, shift + offset, squares


@uncounted
def level_in(q, reach, size):  # type: ignore[no-untyped-def]
    """The level that is asked for of ``size`` numbers: ``reach``/√size away from ``q``, within 0 and 1."""
    return min(max(q + reach / np.sqrt(size), 0.0), 1.0)


@uncounted
def _group_quantile(x, bits, q, guess, error, numbers, keys):  # type: ignore[no-untyped-def]
    """Quantile ``q`` of ``x``, by its bits; ``numbers`` and ``keys`` are two views of one buffer."""
    if PACKS:
        found = quantile_between(x, q, guess - REACH * error, guess + REACH * error, numbers)
        if found == found:
            return found
    padded, number, key = keys[: whole_blocks(x.size)], numbers[-1:], keys[-1:]
    low, high = fill_keys(bits, padded)
    return quantile(padded, x.size, q, low, high, guess, MISGUESS * error, number, key)


@uncounted
def _median_deviation(x, centre, sd, deviations, keys):  # type: ignore[no-untyped-def]
    """The median of |x − centre|, with two views of one buffer."""
    padded, number, key = keys[: whole_blocks(x.size)], deviations[-1:], keys[-1:]
    fill_deviations(x, centre, deviations, padded)
    high = key_of(np.inf, number, key)
    guess, error = NORMAL_MAD * sd, MISGUESS * sd / np.sqrt(x.size)
    return quantile(padded, x.size, 0.5, 0, high, guess, error, number, key)


@uncounted
def fill_group(x, bits, guesses, mad, numbers, keys, deviations, deviation_keys, j, g, counts, found):  # type: ignore[no-untyped-def]
    """Fills the summary of one group ``g``, in column ``j``."""
    size, mean, squares = moments_of(x)
    counts[j, g] = size
    for i in range(found.shape[0]):
        found[i, j, g] = np.nan
    if size == 0:
        return
    found[MEAN, j, g] = mean
    if size > 1:
        found[VARIANCE, j, g] = squares / (size - 1)
    sd = np.sqrt(squares / size)
    for i in range(guesses.shape[1]):
        z = guesses[1, i] + guesses[3, i] / np.sqrt(size) * MIDDLE_SLOPE
        guess, error = mean + z * sd, guesses[2, i] * sd / np.sqrt(size)
        q = level_in(guesses[0, i], guesses[3, i], size)
        found[QUANTILES + i, j, g] = _group_quantile(x[:size], bits[:size], q, guess, error, numbers, keys)
    if mad:
        found[MAD, j, g] = _median_deviation(x[:size], found[QUANTILES, j, g], sd, deviations, deviation_keys)


VERSION = (
    order_statistics.VERSION
    + windows.VERSION
    + version_of(moments_of, level_in, _group_quantile, _median_deviation, fill_group)
)
