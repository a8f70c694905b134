"""Months as numbers, so that arrays can count them."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from ..ecosystem import Times


def month_numbers(times: Times) -> NDArray[np.int64]:
    """The month of each time, int64[n], 0 for January 1970; of NaT anything."""
    return times.astype("datetime64[M]").astype(np.int64)


def first_day(month: int) -> date:
    """The first day of a month by its number."""
    return date(1970 + month // 12, month % 12 + 1, 1)
