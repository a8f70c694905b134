"""What stands for a version in a comparison: its newest snapshot, or its current results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..answers import Estimate, Group
from ..catalogue.naming import Model
from ..results.estimates import group_estimates
from .snapshot_candidates import estimates_of, ids_of
from .version_results import known_version, result_ids, result_ids_now

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison of versions."""

    tag: str
    snapshot: int | None  # its id; None: the results as they are now
    made_at: datetime | None  # UTC
    results: int  # that it stands on
    since: int  # results of the version now that the snapshot does not hold
    gone: int  # results of the snapshot that are no longer the version's
    estimates: tuple[Estimate, ...]


def find_side(con: duckdb.DuckDBPyConnection, model: Model, asked: str, *, live: bool) -> Side:
    """The side of a version, by tag or alias: its newest snapshot where it has one and not ``live``.

    Raises UnknownNameError that names the versions there are, NoResultsError.
    """
    version_id, tag = known_version(con, model, asked)
    snapshot = None if live or version_id is None else _snapshot(con, model, version_id, tag)
    return snapshot or _current(con, model, tag)


def _current(con: duckdb.DuckDBPyConnection, model: Model, tag: str) -> Side:
    ids = result_ids(con, model, tag)
    estimates = tuple(e for e in group_estimates(con, model.name) if e.group.model_version == tag)
    return Side(tag, None, None, len(ids), 0, 0, estimates)


def _snapshot(con: duckdb.DuckDBPyConnection, model: Model, version_id: int, tag: str) -> Side | None:
    rows = con.execute(
        """SELECT snapshot_id, s.created_at, scenario, input_shape, throughput_unit, h.name, candidates
           FROM hardware_compatibility_snapshots s JOIN hardware_platforms h ON h.id = hardware_id
           WHERE version_id = $version AND snapshot_id = (
               SELECT max(snapshot_id) FROM hardware_compatibility_snapshots WHERE version_id = $version)
           ORDER BY s.id""",
        {"version": version_id},
    ).fetchall()
    if not rows:
        return None
    estimates: list[Estimate] = []
    held: set[int] = set()
    for _, _, scenario, shape, unit, hardware, candidates in rows:
        group = Group(model.name, tag, scenario, shape, unit)
        estimates += estimates_of(group, hardware, candidates)
        held |= ids_of(candidates)
    now = result_ids_now(con, model, tag)
    return Side(
        tag=tag,
        snapshot=rows[0][0],
        made_at=rows[0][1],
        results=len(held),
        since=len(now - held),
        gone=len(held - now),
        estimates=tuple(estimates),
    )
