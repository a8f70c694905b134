"""Which invocations a sweep need not run again."""

from __future__ import annotations

from ..records import DECIDED_FAILURES, OK
from ..storage.store import Store

Invocation = tuple[str, str, int]  # cell_key, env_id, invocation
_DECIDED = DECIDED_FAILURES | {OK}


def finished(store: Store) -> dict[Invocation, str]:
    """The status of each invocation that ran or was decided here; the latest where there are several.

    Reads the database and the events that it doesn't hold yet; the journal alone while the database is
    in use.
    """
    with store.current() as (con, later):
        found: dict[Invocation, str] = {}
        if con is not None:
            rows = con.execute(
                """SELECT cell_key, env_id, invocation, status FROM performance_results
                   WHERE provenance = 'measured' ORDER BY id"""
            ).fetchall()
            found |= {(cell, env, invocation): status for cell, env, invocation, status in rows}
        for event in later:
            if event.kind == "measured" and event.body["row"]["provenance"] == "measured":
                row = event.body["row"]
                found[row["cell_key"], row["env_id"], row["invocation"]] = row["status"]
    return {key: status for key, status in found.items() if status in _DECIDED}
