"""How models spread over licences, organisations, architectures and tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

COLUMNS = ("licence", "organisation", "architecture", "task")
MOST = 50  # categories that are named, the most frequent ones


@dataclass(frozen=True, slots=True)
class Part:
    """One category."""

    label: str  # as declared
    n: int
    share: float  # of the models that say one


@dataclass(frozen=True, slots=True)
class Distribution:
    """The categories of one fact, the most frequent first."""

    of_what: str
    n: int  # models that say one
    missing: int  # models that don't
    distinct: int
    parts: tuple[Part, ...]  # at most MOST
    others: int  # models in further categories


def distribution(con: duckdb.DuckDBPyConnection, column: str) -> Distribution:
    """How ``chosen`` spreads over one of COLUMNS; categories of the same size by name."""
    found = con.execute(
        f"""SELECT {column}, count(*) AS n FROM chosen WHERE {column} IS NOT NULL
            GROUP BY ALL ORDER BY n DESC, {column}"""  # noqa: S608 - one of our own names
    ).fetchall()
    ((models,),) = con.execute("SELECT count(*) FROM chosen").fetchall()
    n = sum(count for _, count in found)
    parts = tuple(Part(label, count, count / n) for label, count in found[:MOST])
    others = sum(count for _, count in found[MOST:])
    return Distribution(column, n, models - n, len(found), parts, others)
