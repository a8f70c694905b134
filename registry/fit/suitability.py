"""Scores that are stored for everybody who queries the tables: derived, never journalled.

``recommend`` gives the same numbers from the same estimates without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..results.estimates import group_estimates, refresh
from ..results.noise import refresh_noise
from .groups import by_group
from .pairs import store_pairs
from .requirements import store_requirements

if TYPE_CHECKING:
    import duckdb

    from ..storage.store import Store


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """How much was derived, and up to which event."""

    estimates: int
    pairs: int  # (group, hardware), scored or with the reason why not
    recommendations: int
    as_of_seq: int


def calculate_scores(store: Store) -> ScoreReport:
    """What was stored: estimates, hardware_model_compatibility and task_recommendations, all made anew.

    Raises StoreBusyError where another process holds the store.
    """
    with store.deriving() as connection:
        return derive_scores(connection)


def derive_scores(connection: duckdb.DuckDBPyConnection) -> ScoreReport:
    """As ``calculate_scores``, on a connection that may write: what a rebuild fills a new database with."""
    as_of_seq = int(connection.execute("SELECT applied_seq FROM meta").fetchall()[0][0])
    estimates = refresh(connection, as_of_seq)
    refresh_noise(connection, as_of_seq)
    held = by_group(group_estimates(connection))
    pairs = store_pairs(connection, held, as_of_seq)
    recommendations = store_requirements(connection, held, as_of_seq)
    return ScoreReport(estimates, pairs, recommendations, as_of_seq)
