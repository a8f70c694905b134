"""Scores that are stored for everybody who queries the tables: derived, never journalled.

``recommend`` gives the same numbers from the same estimates without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..results.behind import newest_change
from ..results.noise import refresh_noise
from ..results.refresh import refresh
from ..storage.database import DERIVED
from . import profiles
from .pairs import store_pairs
from .requirements import store_requirements
from .stored_certainty import store_certainty
from .stored_scores import StoredScore, name_of, stored_scores

if TYPE_CHECKING:
    import duckdb

    from ..storage.store import Store


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """How much was derived, and up to which event that changes results."""

    estimates: int
    pairs: int  # (group, hardware), scored or with the reason why not
    outdated: int  # recommendations of tasks that knew less, and are gone
    as_of_seq: int


@dataclass(frozen=True, slots=True)
class TaskReport:
    """What is stored for one task."""

    task: str
    models: int
    recommendations: int
    as_of_seq: int


# Names that a connection which only reads can write to: they hide the stored tables from it.
_APART = "CREATE OR REPLACE TEMP TABLE {0} AS SELECT * FROM {0} LIMIT 0"


def calculate_scores(store: Store, *, certainty: bool = False) -> ScoreReport:
    """What was stored: estimates and hardware_model_compatibility, all made anew.

    With ``certainty`` P(best) is drawn for every pair, which takes milliseconds a group. Stored
    recommendations of tasks that know less than all results are gone: ``update_task`` makes them. Raises
    StoreBusyError where another process holds the store.
    """
    with store.deriving() as connection:
        report = derive_scores(connection)
        if certainty:
            store_certainty(connection, None)
        return report


def derive_scores(connection: duckdb.DuckDBPyConnection) -> ScoreReport:
    """As ``calculate_scores``, on a connection that may write."""
    as_of_seq = newest_change(connection)
    refresh(connection, as_of_seq)
    refresh_noise(connection, as_of_seq)
    pairs = store_pairs(connection, as_of_seq)
    gone = connection.execute("DELETE FROM task_recommendations WHERE as_of_seq < ?", [as_of_seq]).fetchall()
    estimates = connection.execute("SELECT count(*) FROM estimates").fetchall()
    return ScoreReport(estimates[0][0], pairs, gone[0][0], as_of_seq)


def derive_all(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of stored recommendations, after making all that is derived anew, those of tasks too."""
    as_of_seq = derive_scores(connection).as_of_seq
    return store_requirements(connection, as_of_seq)


def pair_scores(
    store: Store,
    model_id: int | None = None,
    hardware_id: int | None = None,
    *,
    update: bool = True,
    certainty: bool = False,
) -> tuple[StoredScore, ...]:
    """The scores of the pairs of a model, of a hardware, of both, or of all, made anew from all results.

    What is asked for never changes a score. ``certainty``: P(best) of the model's pairs too, or of all.
    Without ``update`` nothing is written. Raises StoreBusyError, and UnknownNameError for an id that there is
    not.
    """
    with store.deriving() if update else store.reading() as connection:
        if not update:
            for table in sorted(DERIVED):
                connection.execute(_APART.format(table))
        derive_scores(connection)
        if certainty:
            store_certainty(connection, name_of(connection, model_id))
        return stored_scores(connection, model_id, hardware_id)


def update_task(store: Store, task: str) -> TaskReport:
    """What is stored for a task after making all recommendations anew; those that no longer hold are gone.

    Raises UnknownNameError for a task that does not exist, StoreBusyError.
    """
    profiles.scenario(task)
    with store.deriving() as connection:
        derive_all(connection)
        as_of_seq = newest_change(connection)
        models, count = connection.execute(
            "SELECT count(DISTINCT model_id), count(*) FROM task_recommendations WHERE task_type = ?", [task]
        ).fetchall()[0]
    return TaskReport(task, models, count, as_of_seq)
