"""How large models are: in parameters and in bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

RANGES = ((0, 10**9, "<1B"), (10**9, 10**10, "1B–10B"), (10**10, 10**11, "10B–100B"), (10**11, None, ">100B"))
TASKS = 8  # the most frequent ones, whose sizes are set side by side
PER_DECADE = 2  # bins of a histogram
_FIVE = "quantile_cont({column}, [0, 0.25, 0.5, 0.75, 1])"


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Of one quantity: linear between the two nearest figures (type 7 of Hyndman and Fan 1996)."""

    label: str
    n: int  # models that say it
    missing: int
    least: float | None  # None where n is 0
    lower: float | None
    median: float | None
    upper: float | None
    most: float | None


@dataclass(frozen=True, slots=True)
class Range:
    """Models with a parameter count from ``low`` up to, and without, ``high``."""

    label: str
    low: int
    high: int | None
    n: int


@dataclass(frozen=True, slots=True)
class Bins:
    """A histogram by powers of ten; ``edges`` are one more than ``counts``."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    missing: int


@dataclass(frozen=True, slots=True)
class Sizes:
    """All about sizes."""

    parameters: Quantiles
    size_bytes: Quantiles
    ranges: tuple[Range, ...]
    bins: Bins  # of parameters
    by_task: tuple[Quantiles, ...]  # parameters, of the most frequent tasks


def sizes(con: duckdb.DuckDBPyConnection) -> Sizes:
    """The sizes of ``chosen``."""
    return Sizes(
        _quantiles(con, "parameters"), _quantiles(con, "size_bytes"), _ranges(con), _bins(con), _by_task(con)
    )


def _quantiles(con: duckdb.DuckDBPyConnection, column: str) -> Quantiles:
    ((n, missing, five),) = con.execute(
        f"""SELECT count({column}), count(*) - count({column}), {_FIVE.format(column=column)}
            FROM chosen"""  # noqa: S608 - our own names
    ).fetchall()
    return Quantiles(column, n, missing, *(five or [None] * 5))


def _by_task(con: duckdb.DuckDBPyConnection) -> tuple[Quantiles, ...]:
    found = con.execute(
        f"""SELECT task, count(parameters) AS n, count(*) - n, {_FIVE.format(column="parameters")}
            FROM chosen WHERE task IS NOT NULL GROUP BY task HAVING n > 0
            ORDER BY n DESC, task LIMIT {TASKS}"""  # noqa: S608 - our own names
    ).fetchall()
    return tuple(Quantiles(task, n, missing, *five) for task, n, missing, five in found)


def _ranges(con: duckdb.DuckDBPyConnection) -> tuple[Range, ...]:
    found = []
    for low, high, label in RANGES:
        ((n,),) = con.execute(
            "SELECT count(*) FROM chosen WHERE parameters >= $low AND ($high IS NULL OR parameters < $high)",
            {"low": low, "high": high},
        ).fetchall()
        found.append(Range(label, low, high, n))
    return tuple(found)


def _bins(con: duckdb.DuckDBPyConnection) -> Bins:
    """A model of 0 parameters has no power of ten, and is among the missing."""
    found = dict(
        con.execute(
            """SELECT CAST(floor(log10(parameters) * $per_decade) AS INTEGER) AS bin, count(*)
               FROM chosen WHERE parameters > 0 GROUP BY bin""",
            {"per_decade": PER_DECADE},
        ).fetchall()
    )
    ((missing,),) = con.execute(
        "SELECT count(*) FROM chosen WHERE parameters IS NULL OR parameters <= 0"
    ).fetchall()
    if not found:
        return Bins((), (), missing)
    numbers = range(min(found), max(found) + 1)
    edges = tuple(float(f"{10 ** (i / PER_DECADE):.3g}") for i in (*numbers, numbers[-1] + 1))
    return Bins(edges, tuple(found.get(i, 0) for i in numbers), missing)
