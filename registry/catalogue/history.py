"""Who changed what, when, from what, to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from .naming import find_model

if TYPE_CHECKING:
    from ..storage.store import Store


@dataclass(frozen=True, slots=True)
class Change:
    """One change that a person made. ``recorded_at`` in UTC."""

    seq: int  # of the event
    recorded_at: datetime
    actor: str  # user@host
    model: str  # as it was called then
    subject: str  # version v2 | alias production | result 12 | model
    action: str  # added | described | linked | moved | renamed | deleted | retracted | reinstated | snapshot
    from_value: str | None
    to_value: str | None


def history(
    store: Store, model: str | None = None, since: datetime | None = None, limit: int | None = None
) -> tuple[Change, ...]:
    """The changes, the newest first: of one model under all its names, since a time (UTC), at most ``limit``.

    Raises NoResultsError for an unknown model.
    """
    with store.reading() as con:
        model_id = None if model is None else find_model(con, model).id
        rows = con.execute(
            """SELECT seq, recorded_at, actor, model, subject, action, from_value, to_value FROM history
               WHERE ($model IS NULL OR model IN (SELECT name FROM models WHERE id = $model
                       UNION ALL SELECT old_name FROM renames WHERE model_id = $model))
                   AND ($since::TIMESTAMP IS NULL OR recorded_at >= $since)
               ORDER BY seq DESC, rowid DESC LIMIT $limit""",
            {"model": model_id, "since": since, "limit": 2**62 if limit is None else limit},
        ).fetchall()
    return tuple(Change(*row) for row in rows)
