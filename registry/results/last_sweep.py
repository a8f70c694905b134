"""The sweep that was started last, and what it made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC

from ..storage.store import Store


@dataclass(frozen=True, slots=True)
class LastSweep:
    """``statuses``: (outcome, how often), most frequent first."""

    sweep_id: str
    name: str
    started_at: str  # UTC, ISO 8601
    statuses: tuple[tuple[str, int], ...]


def last_sweep(store: Store) -> LastSweep | None:
    """The newest sweep of the store; None where there was none. Raises StoreBusyError."""
    with store.reading() as con:
        found = con.execute(
            "SELECT sweep_id, name, started_at FROM sweeps ORDER BY started_at DESC, rowid DESC LIMIT 1"
        ).fetchone()
        if found is None:
            return None
        statuses = con.execute(
            """SELECT status, count(*) FROM performance_results WHERE sweep_id = ?
               GROUP BY status ORDER BY count(*) DESC, status""",
            [found[0]],
        ).fetchall()
    started_at = found[2].replace(tzinfo=UTC).isoformat(timespec="seconds")
    return LastSweep(found[0], found[1], started_at, tuple(statuses))
