"""Whether the samples of a pass tell one story: no drift, no change of level, no second group.

The interval of the median takes the samples for a stationary series. Where they are none it covers nothing,
and a flag has to say so. Only differences that matter are found: one that is significant, but smaller than
what the interval promises, is none.

What this sees, in passes of the standard profile that would end at 93 samples: over noise of 2 %, a drift of
1, 2, 3 and 5 % in those samples is flagged in 25, 73, 93 and 100 of 100 passes; over noise of 0.5 %, 1 % in
93. Two levels 10 % apart that alternate at random are flagged in all passes over noise of 2 %, in 6 of 10
over 3 %, and never over 5 %, where they are one hump; a rare level, one step in five, in 97 of 100 over
0.5 % and in one of 10 over 2 %. What drifts by 5 % over the whole budget moves by a quarter of a percent
until the stop rule is met, and is not seen: such a median is that of its own seconds, not of the hour's.
A pass that does drift goes on for longer, since its samples count as correlated. Of stationary passes 1 in
100 is flagged.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from .dip import MOST_POINTS, dip
from .medians import ranks_of

LEAST_SAMPLES = 8
SHIFT = 0.01  # relative: what the stop rule promises of the median
CUSUM = 1.63  # 1 % point of the largest absolute value of a Brownian bridge [Kolmogorov]
TREND = 2.58  # 1 % point of a normal variable, both sides
MOST_AUTOCORRELATION = 0.95

SEPARATION = 0.05  # relative: nearer groups are of no concern
DIP = 0.47  # of sqrt(n) · dip: above it lie 1 in 200 series of normal, exponential or Pareto samples


def is_drifting(seconds: NDArray[np.float64]) -> bool:
    """Whether the level rises, falls or jumps on the way by more than 1 %, beyond what noise explains.

    ``seconds``: float64[n], in order. Two tests on the ranks: a linear trend, and the largest cumulative sum
    [Pettitt 1979], which also sees a level that changes once. Both are judged against the noise between
    neighbours, which a drift leaves alone: with mean squared differences d1 and d2 at lags 1 and 2, an
    autoregression has ρ = d2/d1 − 1 and a long-run variance of d1/2 · (1 + ρ)/(1 − ρ)². ρ is taken one
    standard error high, 1/√n.
    """
    n = len(seconds)
    ranks = ranks_of(seconds)
    noise = _long_run_deviation(ranks) if n >= LEAST_SAMPLES else 0.0
    if noise == 0:
        return False
    sums = np.abs(np.cumsum(ranks))[:-1]
    change = int(np.argmax(sums)) + 1
    times = np.arange(n) - (n - 1) / 2
    trend = abs(float(times @ ranks)) / math.sqrt(float(times @ times))
    significant = trend > TREND * noise or sums[change - 1] > CUSUM * noise * math.sqrt(n)
    before, after = np.median(seconds[:change]), np.median(seconds[change:])
    return bool(significant and abs(after - before) > SHIFT * np.median(seconds))


def is_multimodal(seconds: NDArray[np.float64]) -> bool:
    """Whether the samples, in whatever order, fall into groups at least 5 % apart.

    Hartigan's dip test says whether there is more than one group; the medians of the best split in two, how
    far apart they are.
    """
    n = len(seconds)
    if n < LEAST_SAMPLES or dip(seconds) * math.sqrt(min(n, MOST_POINTS)) <= DIP:
        return False
    return separation(seconds) > SEPARATION


def separation(seconds: NDArray[np.float64]) -> float:
    """How far the medians of two groups lie apart, relative to the median of all.

    The split is the one with the least squares within [Otsu 1979], 2 % of the samples at either end left out.
    """
    ordered = np.sort(seconds)
    cut = len(ordered) // 50
    ordered = ordered[cut : len(ordered) - cut]
    n, total = len(ordered), float(ordered.sum())
    below = np.arange(1, n)
    sums = np.cumsum(ordered)[:-1]
    between = (sums / below - (total - sums) / (n - below)) ** 2 * below * (n - below)
    at = int(np.argmax(between)) + 1
    return float((np.median(ordered[at:]) - np.median(ordered[:at])) / np.median(ordered))


def _long_run_deviation(ranks: NDArray[np.float64]) -> float:
    """What √n times the mean of n ranks would vary by, from the differences of neighbours; 0 if all tie."""
    first, second = (float(np.mean((ranks[lag:] - ranks[:-lag]) ** 2)) for lag in (1, 2))
    if first == 0:
        return 0.0
    rho = second / first - 1 + 1 / math.sqrt(len(ranks))
    rho = min(max(rho, 0.0), MOST_AUTOCORRELATION)
    return math.sqrt(first / 2 * (1 + rho)) / (1 - rho)
