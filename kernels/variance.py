"""How much ln value varies: between processes of one cell, and between machines of one kind.

A few processes know their own spread badly, so it is shrunk toward what many cells share: variances s² with
d degrees of freedom scatter as s₀²·F(d, ν₀) (Smyth 2004, doi:10.2202/1544-6115.1027). ν₀ = 4 and s₀ = 0.02
are taken for granted until there are 30 cells to estimate both from. NumPy only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import real_column, whole_column
from .polygamma import digamma, inverse_trigamma, trigamma

Floats = NDArray[np.float64]
Number = TypeVar("Number", float, Floats)

MEDIAN_FACTOR = 1.2533  # √(π/2): the standard error of a median is that much larger than that of a mean
ENOUGH = 30  # cells, or degrees of freedom between machines, from which noise is estimated
_MOST_DEGREES = 1e6  # what stands for ∞: cells whose variances differ by less than chance alone explains
# Of the median variance: what smaller ones count as, since 0 has no logarithm. limma takes 1e-5, which cuts
# off what chance alone makes of variances with one degree of freedom.
_LEAST_SHARE = 1e-8


@dataclass(frozen=True, slots=True)
class Prior:
    """What is taken to be known of the spread of processes before any was run."""

    degrees: float = 4.0
    sd: float = 0.02  # of ln value


PRIOR = Prior()


def shrunken_variance(degrees: Any, squares: Number, prior: Prior = PRIOR) -> Number:
    """s̃² = (ν₀·s₀² + squares) / (ν₀ + degrees): numbers or arrays of ln value's variance.

    ``squares``: sums of squared deviations, with that many degrees of freedom; 0 with 0 for one process.
    """
    shrunken: Number = (prior.degrees * prior.sd**2 + squares) / (prior.degrees + degrees)
    return shrunken


def location_share(n: ArrayLike) -> Floats:
    """e² = f²/n, the variance of a median of n processes over that of one: f = 1.2533 from n = 3 on.

    The median of one or two is their mean (f = 1). ``n``: int64[k] ≥ 1.
    """
    counted = np.asarray(n)
    share: Floats = np.where(counted >= 3, MEDIAN_FACTOR**2, 1.0) / counted
    return share


def location_variance(n: ArrayLike, squares: ArrayLike, prior: Prior = PRIOR) -> Floats:
    """V = e²·s̃², the variance of medians of n processes of one machine, float64[k], as ln value.

    ``squares``: sums of squared deviations over each median's processes. Known with ν₀ + n − 1 degrees.
    """
    counted = np.asarray(n)
    return shrunken_variance(counted - 1, np.asarray(squares, np.float64), prior) * location_share(counted)


def fit_prior(degrees: ArrayLike, variances: ArrayLike) -> Prior | None:
    """ν₀ and s₀ from the variances of many cells, by the moments of ln s²; None from fewer than 30.

    ``variances``: of ln value, float64[k], NaN = not known. ``degrees``: their degrees of freedom, int64[k];
    those with 0 are left out. None as well where most variances are exactly 0, which no noise explains.
    The order of the cells changes nothing, to the bit. Raises TypeError, ValueError.

    Source: Smyth 2004, §6.2, as limma's fitFDist: e = ln s² − ψ(d/2) + ln(d/2) has mean
    ln s₀² − ψ(ν₀/2) + ln(ν₀/2), and variance ψ′(ν₀/2) beyond the mean of ψ′(d/2).
    """
    s2 = real_column("variances", variances)
    d = whole_column("degrees", degrees, s2.size)
    known = (s2 >= 0.0) & (s2 < np.inf) & (d > 0)
    s2, d = s2[known], d[known]
    median = float(np.median(s2)) if s2.size >= ENOUGH else 0.0
    if median == 0.0:
        return None
    s2 = np.maximum(s2, _LEAST_SHARE * median)
    counts, places = np.unique(d, return_inverse=True)
    halves = (counts / 2.0).tolist()
    shift = np.array([math.log(half) - digamma(half) for half in halves])
    e = np.log(s2) + shift[places]
    mean = math.fsum(e.tolist()) / e.size
    by_chance = math.fsum(np.array([trigamma(half) for half in halves])[places].tolist()) / e.size
    beyond = math.fsum(((e - mean) ** 2).tolist()) / (e.size - 1) - by_chance
    return _prior(mean, beyond)


def _prior(mean: float, beyond: float) -> Prior:
    """The prior whose ln s² have that mean, and that variance beyond the one of their own degrees."""
    half = min(inverse_trigamma(beyond), _MOST_DEGREES / 2.0) if beyond > 0.0 else _MOST_DEGREES / 2.0
    return Prior(2.0 * half, math.exp(0.5 * (mean + digamma(half) - math.log(half))))


def between_variance(cells: ArrayLike, y: ArrayLike, variances: ArrayLike) -> float | None:
    """s_env²: what ln value varies between machines of one kind beyond what their processes explain, ≥ 0.

    None from fewer than 30 degrees of freedom (machines of a cell beyond its first, over all cells).
    ``cells``: int64[n], which cell a machine's location ``y`` (float64[n], ln value) is of; ``variances``:
    of that location, float64[n]. Rows with a NaN are left out. Raises TypeError, ValueError.

    Source: analysis of variance, one way with unequal counts (Searle, Casella and McCulloch, Variance
    Components, 1992, §3.6), with the variance within each machine known.
    """
    location = real_column("y", y)
    within = real_column("variances", variances, location.size)
    cell = whole_column("cells", cells, location.size)
    known = np.isfinite(location) & np.isfinite(within)
    _, place = np.unique(cell[known], return_inverse=True)
    location, within = location[known], within[known]
    count = np.bincount(place)
    degrees = int((count - 1).sum()) if count.size else 0
    if degrees < ENOUGH:
        return None
    mean = np.bincount(place, location) / count
    with np.errstate(over="ignore"):
        squares = float(((location - mean[place]) ** 2).sum())
    explained = float((within * (1.0 - 1.0 / count[place])).sum())
    return max(0.0, (squares - explained) / degrees)
