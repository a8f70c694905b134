"""Which ecosystem of a store is the newest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

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
