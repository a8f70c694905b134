"""How many models are recorded, and of how many each fact is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts; ``with_`` …: of how many models that is known."""

    models: int
    versions: int  # of these models, the older ones as well
    organisations: int
    with_organisation: int
    with_licence: int
    without_licence: int
    with_parameters: int
    with_size: int
    with_architecture: int
    with_task: int
    with_release_date: int
    with_metrics: int
    with_downloads: int
    with_rating: int


def totals(con: duckdb.DuckDBPyConnection) -> Totals:
    """The counts over ``chosen``."""
    ((*counts,),) = con.execute(
        """SELECT count(*),
               (SELECT count(*) FROM model_records SEMI JOIN chosen USING (model_id)),
               count(DISTINCT organisation), count(organisation),
               count(licence), count(*) - count(licence),
               count(parameters), count(size_bytes), count(architecture), count(task), count(released_on),
               count(*) FILTER (cardinality(metrics) > 0), count(downloads), count(rating)
           FROM chosen"""
    ).fetchall()
    return Totals(*counts)
