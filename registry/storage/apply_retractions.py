"""Results taken out of what counts, and taken in again, into rows; the history keeps both."""

from __future__ import annotations

import duckdb

from .history_rows import history
from .journal import Event
from .rows import as_table, insert

Connection = duckdb.DuckDBPyConnection


def retracted(con: Connection, event: Event) -> None:
    """Takes the results out of all that counts. Raises ``LookupError`` where one of them is not there."""
    ids, reason = sorted(set(event.body["ids"])), event.body["reason"]
    found = con.execute(
        "SELECT id, model FROM performance_results WHERE id IN (SELECT unnest($ids::BIGINT[])) ORDER BY id",
        {"ids": ids},
    ).fetchall()
    if len(found) != len(ids) or not found:
        raise LookupError(f"not all of {len(ids)} results are there")
    rows = [{"result_id": result, "reason": reason, "seq": event.seq} for result, _ in found]
    insert(con, "retractions", as_table(rows))
    for result, model in found:
        history(con, event, f"result {result}", "retracted", to_value=reason, model=model)


def reinstated(con: Connection, event: Event) -> None:
    """Lets retracted results count again. Raises ``LookupError`` where one of them is not retracted."""
    ids, reason = sorted(set(event.body["ids"])), event.body["reason"]
    found = con.execute(
        """SELECT r.id, r.model, min(x.reason)
           FROM retractions x JOIN performance_results r ON r.id = x.result_id
           WHERE r.id IN (SELECT unnest($ids::BIGINT[])) GROUP BY ALL ORDER BY r.id""",
        {"ids": ids},
    ).fetchall()
    if len(found) != len(ids) or not found:
        raise LookupError(f"not all of {len(ids)} results are retracted")
    con.execute("DELETE FROM retractions WHERE result_id IN (SELECT unnest($ids::BIGINT[]))", {"ids": ids})
    for result, model, before in found:
        history(con, event, f"result {result}", "reinstated", before, reason, model)
