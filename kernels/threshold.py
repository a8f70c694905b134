"""How large a change of a benchmark has to be to count, from how it changed when nothing had. NumPy only.

Not to be confused with the interval of one comparison: δ says which differences matter on this machine class,
the interval says whether this one is known to be larger.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from .columns import real_column, real_number

# δ₀, the least relative change that counts, by what is measured where.
LEAST: Mapping[str, float] = MappingProxyType({"quiet": 0.02, "shared": 0.05, "gpu": 0.05, "counter": 0.01})
RUNS = 100  # the most recent ones that are looked at
ENOUGH_RUNS = 30
MOST = 3.0  # times δ₀


@dataclass(frozen=True, slots=True)
class Threshold:
    """The relative change of one benchmark that is tolerated."""

    delta: float  # 0.05 = 5 %, at most 3·δ₀
    noise: float  # what the history asks for; NaN while it is too short to ask for anything
    runs: int  # of the history that were looked at

    @property
    def too_noisy(self) -> bool:
        """Whether the benchmark moves by itself more than is ever tolerated: it can't be gated on."""
        return self.noise > self.delta


def gate_threshold(estimates: ArrayLike, least: float) -> Threshold:
    """δ_b = max(δ₀, Q3 + 3·IQR of |estimates|), at most 3·δ₀, of one benchmark on one machine class.

    ``estimates``: the final median log ratio of each run in which this benchmark passed or was compared with
    itself, [n], ln units, oldest first; one run = one call of the gate. NaN = not estimated, left out. Of the
    others the last 100 are used, and with fewer than 30 δ_b = δ₀. ``least`` is δ₀, 0.02 = 2 %. The fence is
    put in ln units, where estimates are symmetric, and is the first beyond which Tukey calls a value "far
    out"; quartiles are NumPy's, linear.

    Raises TypeError, ValueError. Source of the fence: Tukey, Exploratory Data Analysis, 1977, §2C.
    """
    if not 0.0 < real_number("least", least) < math.inf:
        raise ValueError(f"least must be finite and larger than 0, as 0.05 for 5 %, not {least}")
    known = real_column("estimates", estimates)
    known = np.abs(known[np.isfinite(known)][-RUNS:])
    if known.size < ENOUGH_RUNS:
        return Threshold(least, math.nan, known.size)
    first, third = np.quantile(known, [0.25, 0.75]).tolist()
    noise = math.expm1(min(third + 3.0 * (third - first), 700.0))  # beyond, e to the power overflows
    return Threshold(min(max(least, noise), MOST * least), noise, known.size)
