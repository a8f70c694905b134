"""When models were released: by month and by quarter, and how fast lately."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

YEAR = 12  # months that a trailing mean, and a rate, stand on
MOST_MONTHS = 600  # before the newest release; what is older is only counted


@dataclass(frozen=True, slots=True)
class Period:
    """A month or quarter."""

    start: date
    n: int  # models released in it
    trailing: (
        float | None
    )  # mean over it and those before it, a year together; None where that year isn't whole


@dataclass(frozen=True, slots=True)
class Releases:
    """The releases of models, of each its newest version."""

    n: int  # models with a date
    missing: int
    first: date | None
    last: date | None
    months: tuple[Period, ...]  # from the first to the last, also those without a release
    quarters: tuple[Period, ...]
    earlier: int  # released before the first of the months
    last_year: int  # in the twelve months that end with the newest release's
    year_before: int


def releases(con: duckdb.DuckDBPyConnection) -> Releases:
    """The releases of ``chosen``."""
    found = con.execute(
        """SELECT year(released_on) * 12 + month(released_on) - 1 AS month, count(*), min(released_on),
               max(released_on)
           FROM chosen WHERE released_on IS NOT NULL GROUP BY month ORDER BY month"""
    ).fetchall()
    ((models,),) = con.execute("SELECT count(*) FROM chosen").fetchall()
    n = sum(count for _, count, *_ in found)
    if not found:
        return Releases(0, models, None, None, (), (), 0, 0, 0)
    counts = {month: count for month, count, *_ in found}
    end = found[-1][0]
    start = max(found[0][0], end - MOST_MONTHS + 1)
    by_month = [counts.get(month, 0) for month in range(start, end + 1)]
    first_quarter = start // 3 * 3
    by_quarter = [
        sum(counts.get(month + i, 0) for i in range(3) if month + i >= start)
        for month in range(first_quarter, end + 1, 3)
    ]
    return Releases(
        n=n,
        missing=models - n,
        first=found[0][2],
        last=found[-1][3],
        months=_periods(start, 1, by_month),
        quarters=_periods(first_quarter, 3, by_quarter),
        earlier=n - sum(by_month),
        last_year=sum(counts.get(end - i, 0) for i in range(YEAR)),
        year_before=sum(counts.get(end - i, 0) for i in range(YEAR, 2 * YEAR)),
    )


def _periods(start: int, months: int, counts: Sequence[int]) -> tuple[Period, ...]:
    """Periods of so many months each, the first of which begins with the month of that number."""
    window = YEAR // months
    return tuple(
        Period(
            date(*divmod_month(start + i * months), 1),
            count,
            math.fsum(counts[i - window + 1 : i + 1]) / window if i >= window - 1 else None,
        )
        for i, count in enumerate(counts)
    )


def divmod_month(number: int) -> tuple[int, int]:
    """Year and month of a month that is counted from the year 0."""
    return number // 12, number % 12 + 1
