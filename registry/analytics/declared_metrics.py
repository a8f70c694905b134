"""The metrics that makers declare of their models, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

MOST = 50  # metrics that are named, those of the most models first
LARGEST = 1e100  # beyond it a figure is none: it would also be all that a mean says


@dataclass(frozen=True, slots=True)
class Declared:
    """One metric over the models that declare it: nobody measured it here, and scales are their makers'."""

    name: str
    n: int
    mean: float
    sd: float | None  # of the sample, with n − 1; None where n is 1
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class DeclaredMetrics:
    """All of them."""

    metrics: tuple[Declared, ...]  # at most MOST
    distinct: int
    left_out: int  # figures that are not finite, or beyond LARGEST


def declared_metrics(con: duckdb.DuckDBPyConnection) -> DeclaredMetrics:
    """The metrics of ``chosen``."""
    found = con.execute(
        """WITH said AS (
               SELECT unnest(map_entries(metrics), recursive := true) FROM chosen
           ), sound AS (SELECT key, value FROM said WHERE abs(value) < $largest)
           SELECT key, count(*) AS n, avg(value), stddev_samp(value), min(value), max(value)
           FROM sound GROUP BY key ORDER BY n DESC, key""",
        {"largest": LARGEST},
    ).fetchall()
    ((figures,),) = con.execute("SELECT coalesce(sum(cardinality(metrics)), 0) FROM chosen").fetchall()
    named = tuple(Declared(*row) for row in found[:MOST])
    return DeclaredMetrics(named, len(found), int(figures) - sum(row[1] for row in found))
