"""Which invocations a sweep need not run again."""

from __future__ import annotations

from ..records import DECIDED_FAILURES, OK
from ..storage.store import Store

Invocation = tuple[str, str, int]  # cell_key, env_id, invocation
_DECIDED = DECIDED_FAILURES | {OK}


def finished(store: Store) -> dict[Invocation, str]:
    """The status of each invocation that ran or was decided here; of several the latest decided one.

    Reads the database and the events that it doesn't hold yet; the journal alone while the database is
    in use.
    """
    with store.current() as (con, later):
        rows: list[tuple[str, str, int, str]] = []
        if con is not None:
            rows = con.execute(
                """SELECT cell_key, env_id, invocation, status FROM performance_results
                   WHERE provenance = 'measured' ORDER BY id"""
            ).fetchall()
        news = (event.body["row"] for event in later if event.kind == "measured")
        rows += [
            (row["cell_key"], row["env_id"], row["invocation"], row["status"])
            for row in news
            if row["provenance"] == "measured"
        ]
    return {(cell, env, number): status for cell, env, number, status in rows if status in _DECIDED}
