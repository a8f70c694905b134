"""A database brought up to date with its journal; a question to one that is loads no more than it needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .journal import Position

if TYPE_CHECKING:
    import duckdb


def catch_up(
    con: duckdb.DuckDBPyConnection, folder: Path, start: Position, end: int | None = None
) -> Position:
    """How far the database follows the journal after applying what came since ``start``."""
    from . import apply  # with the other event kinds' files it takes as long to load as an answer

    return apply.catch_up(con, folder, start, end)
