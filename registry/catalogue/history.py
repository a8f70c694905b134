"""Who changed what, when, from what, to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..errors import NoResultsError
from .naming import find_model

if TYPE_CHECKING:
    import duckdb

    from ..storage.store import Store


@dataclass(frozen=True, slots=True)
class Change:
    """One change that a person made. ``recorded_at`` in UTC."""

    seq: int  # of the event
    recorded_at: datetime
    actor: str  # user@host
    model: str  # as it was called then; a repository; "" = several models
    subject: str  # version v2 | alias production | result 12 | model | record of v2 | licence of v2
    action: (
        str  # added | described | linked | moved | renamed | deleted | retracted | reinstated | snapshot |
    )
    # changed | recorded
    from_value: str | None
    to_value: str | None


def history(
    store: Store, model: str | None = None, since: datetime | None = None, limit: int | None = None
) -> tuple[Change, ...]:
    """The changes, the newest first: of one model under all its names, since a time (UTC), at most ``limit``.

    What brought its newest records is among them, also where that brought others. Raises NoResultsError for
    an unknown model.
    """
    with store.reading() as con:
        names, seqs = (None, None) if model is None else _of(con, model)
        rows = con.execute(
            """SELECT seq, recorded_at, actor, model, subject, action, from_value, to_value FROM history
               WHERE ($names::VARCHAR[] IS NULL OR list_contains($names, model) OR list_contains($seqs, seq))
                   AND ($since::TIMESTAMP IS NULL OR recorded_at >= $since)
               ORDER BY seq DESC, rowid DESC LIMIT $limit""",
            {"names": names, "seqs": seqs, "since": since, "limit": 2**62 if limit is None else limit},
        ).fetchall()
    return tuple(Change(*row) for row in rows)


def _of(con: duckdb.DuckDBPyConnection, model: str) -> tuple[list[str], list[int]]:
    """All names that a model has or had, and the events that brought the records of it."""
    recorded = con.execute("SELECT DISTINCT seq FROM model_records WHERE model_id = ?", [model]).fetchall()
    names = [model] if recorded else []
    try:
        measured = find_model(con, model).id
    except NoResultsError:
        if not recorded:  # what is recorded need not be measured
            raise
    else:
        found = con.execute(
            """SELECT name FROM models WHERE id = $id UNION ALL
               SELECT old_name FROM renames WHERE model_id = $id""",
            {"id": measured},
        ).fetchall()
        names += [name for (name,) in found]
    return names, [seq for (seq,) in recorded]
