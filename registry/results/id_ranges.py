"""Results cut into ranges of their ids, each small enough to be sorted in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

MOST = 1 << 16  # results in a range
_COUNTS = """
SELECT id // $most, count(*) FROM performance_results
WHERE ($model IS NULL OR model GLOB $model) AND ($hardware IS NULL OR hardware GLOB $hardware)
GROUP BY ALL ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class IdRange:
    """The ids from ``low`` to ``high``, both included, and how many results there are."""

    low: int
    high: int
    count: int


def id_ranges(con: duckdb.DuckDBPyConnection, model: str | None, hardware: str | None) -> list[IdRange]:
    """Ranges in order that together hold every result which the patterns leave, at most ``MOST`` each."""
    windows = con.execute(_COUNTS, {"model": model, "hardware": hardware, "most": MOST}).fetchall()
    return merged(IdRange(place * MOST, (place + 1) * MOST - 1, count) for place, count in windows)


def merged(windows: Iterable[IdRange]) -> list[IdRange]:
    """Neighbours put together as far as they hold at most ``MOST`` results."""
    found: list[IdRange] = []
    for window in windows:
        if found and found[-1].count + window.count <= MOST:
            window = IdRange(found[-1].low, window.high, found.pop().count + window.count)
        found.append(window)
    return found
