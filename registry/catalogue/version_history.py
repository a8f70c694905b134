"""All that is known of a model's versions: what they hold, who points to them, what was made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .naming import find_model
from .versions import aliases_of, no_versions, parsed

if TYPE_CHECKING:
    import duckdb

    from ..storage.store import Store

_VERSIONS = """
SELECT v.id, version_tag, version_hash, metadata, created_at, deleted_at,
    count(l.result_id) FILTER (counts) AS linked,
    coalesce(any_value(declared) FILTER (deleted_at IS NULL), 0) AS declared
FROM model_registry_versions v
    LEFT JOIN (SELECT version_id, result_id, provenance <> 'simulated'
            AND result_id NOT IN (SELECT result_id FROM retractions) AS counts
        FROM version_results JOIN performance_results ON id = result_id) l ON l.version_id = v.id
    LEFT JOIN (SELECT model_version, count(*) AS declared FROM performance_results
        WHERE model_id = $model AND provenance <> 'simulated'
            AND id NOT IN (SELECT result_id FROM version_results)
            AND id NOT IN (SELECT result_id FROM retractions)
        GROUP BY ALL) d ON d.model_version = version_tag
WHERE v.model_id = $model GROUP BY ALL ORDER BY v.id
"""


@dataclass(frozen=True, slots=True)
class SnapshotMade:
    """A snapshot of a version."""

    id: int
    created_at: datetime  # UTC
    hardware: int  # how many


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """A version with all that belongs to it. Times in UTC."""

    model: str
    tag: str
    hash: str | None
    metadata: Mapping[str, Any] | None
    linked: int  # results that were linked to it and count
    declared: int  # further ones that were measured as this version
    aliases: tuple[str, ...]
    snapshots: tuple[SnapshotMade, ...]
    created_at: datetime
    deleted_at: datetime | None
    id: int

    @property
    def results(self) -> int:
        """How many results are of this version."""
        return self.linked + self.declared


def without_versions(store: Store, model: str) -> str:
    """One line for a model that has none: the command that adds one. Raises NoResultsError."""
    with store.reading() as con:
        return no_versions(con, find_model(con, model))


def version_history(store: Store, model: str) -> tuple[VersionRecord, ...]:
    """Every version that ``model`` has or had, in the order in which they were added.

    Raises NoResultsError for an unknown model.
    """
    with store.reading() as con:
        found = find_model(con, model)
        rows = con.execute(_VERSIONS, {"model": found.id}).fetchall()
        pointing: dict[str, list[str]] = defaultdict(list)
        for alias, tag in aliases_of(con, found).items():
            pointing[tag].append(alias)
        made = _snapshots(con, found.id)
    return tuple(
        VersionRecord(
            model=found.name,
            tag=tag,
            hash=version_hash,
            metadata=parsed(metadata),
            linked=linked,
            declared=declared,
            aliases=() if deleted_at else tuple(pointing[tag]),
            snapshots=tuple(made[number]),
            created_at=created_at,
            deleted_at=deleted_at,
            id=number,
        )
        for number, tag, version_hash, metadata, created_at, deleted_at, linked, declared in rows
    )


def _snapshots(con: duckdb.DuckDBPyConnection, model_id: int) -> dict[int, list[SnapshotMade]]:
    """The snapshots of each version, by its id, the oldest first."""
    found = con.execute(
        """SELECT version_id, snapshot_id, any_value(created_at), count(DISTINCT hardware_id)
           FROM hardware_compatibility_snapshots WHERE model_id = ? GROUP BY ALL ORDER BY snapshot_id""",
        [model_id],
    ).fetchall()
    made: dict[int, list[SnapshotMade]] = defaultdict(list)
    for version_id, *snapshot in found:
        made[version_id].append(SnapshotMade(*snapshot))
    return made
