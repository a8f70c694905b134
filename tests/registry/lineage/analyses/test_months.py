"""Months as numbers, and back."""

from __future__ import annotations

from datetime import date

import numpy as np
from fitment.registry.lineage.analyses.months import first_day, month_numbers


def test_there_and_back() -> None:
    """January 1970 is 0; what came before it is below, and the last second of a month is still in it."""
    times = np.array(["1969-12-31T23:59:59", "1970-01-01", "2024-02-29T23:59:59"], "datetime64[us]")
    numbers = month_numbers(times).tolist()
    assert numbers == [-1, 0, 649]
    days = [date(1969, 12, 1), date(1970, 1, 1), date(2024, 2, 1)]
    assert [first_day(number) for number in numbers] == days
