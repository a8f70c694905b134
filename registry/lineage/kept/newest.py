"""Which ecosystem of a store is the newest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ...storage.journal_search import newest_of

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class NewestBuild:
    """What the store says of it."""

    file: str
    sha256: str  # of the file
    segment: str
    models: int
    rejected: int  # rows in quarantine
    recorded_at: datetime  # UTC


def newest_build(con: duckdb.DuckDBPyConnection) -> NewestBuild | None:
    """The newest build; None where there is none."""
    rows = con.execute(
        """SELECT file, file_sha256, segment, models, rejected, recorded_at FROM lineage_builds
           ORDER BY seq DESC LIMIT 1"""
    ).fetchall()
    return NewestBuild(*rows[0]) if rows else None


def newest_in_journal(folder: Path) -> NewestBuild | None:
    """The newest build that the journal in ``folder`` holds, found without a database; None: there is none.

    Raises StoreDamagedError, NewerStoreError.
    """
    event = newest_of(folder, "lineage_built")
    if event is None:
        return None
    body, at = event.body, datetime.fromisoformat(event.at).astimezone(UTC).replace(tzinfo=None)
    return NewestBuild(
        body["file"], body["file_sha256"], body["segment"], body["models"], body["rejected"], at
    )
