"""The table ``history``: who changed what, when, from what, to what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from .journal import Event
from .rows import as_table, insert, utc

Connection = duckdb.DuckDBPyConnection


def history(
    con: Connection,
    event: Event,
    subject: str,
    action: str,
    from_value: str | None = None,
    to_value: str | None = None,
    model: str | None = None,
) -> None:
    """Adds a row; ``model``: where the event names none, as it is called now; "" where it is several."""
    histories(con, event, [(subject, action, from_value, to_value)], model)


def histories(
    con: Connection,
    event: Event,
    changes: Sequence[tuple[str, str, str | None, str | None]],
    model: str | None = None,
) -> None:
    """Adds a row for each (subject, action, from, to)."""
    shared: dict[str, Any] = {
        "seq": event.seq,
        "recorded_at": utc(event.at),
        "actor": event.body["actor"],
        "model": event.body["model"] if model is None else model,
    }
    names = ("subject", "action", "from_value", "to_value")
    insert(con, "history", as_table([shared | dict(zip(names, each, strict=True)) for each in changes]))
