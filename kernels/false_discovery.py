"""Which of many findings to believe: p-values adjusted for how many were asked for. NumPy only."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import real_column

Floats = NDArray[np.float64]


def adjusted_p_values(p_values: ArrayLike) -> Floats:
    """Benjamini–Hochberg's adjusted p of each, float64[m], in the order given.

    Calling all with an adjusted p ≤ q a finding keeps the expected share of false ones among them at most q,
    where the tests are independent or positively dependent. That of the k-th smallest of m is the least of
    p₍ⱼ₎·m/j over j ≥ k; equal p get equal ones.

    ``p_values``: [m], between 0 and 1. NaN = no test was made: it stays NaN and is no member of the family.
    Raises TypeError, ValueError. Source: Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    p = real_column("p_values", p_values)
    if ((p < 0.0) | (p > 1.0)).any():
        raise ValueError("p_values must lie between 0 and 1")
    order = np.argsort(p)  # NaN last
    m = p.size - int(np.isnan(p).sum())
    adjusted = np.full(p.size, np.nan)
    raised = p[order[:m]] * (m / np.arange(1, m + 1))
    adjusted[order[:m]] = np.minimum.accumulate(raised[::-1])[::-1]
    return adjusted
