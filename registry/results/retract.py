"""Results taken back: they stay stored, with the reason, and count no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, SupportsIndex

from ..catalogue.actor import actor
from ..errors import RefusedError
from ..storage.apply_decisions import ids_in_words
from ..storage.store import Draft, Store
from .link import checked_ids

if TYPE_CHECKING:
    import duckdb

LONGEST_REASON = 1000  # characters


@dataclass(frozen=True, slots=True)
class Retracted:
    """What retracting did."""

    retracted: tuple[int, ...]
    unchanged: tuple[int, ...]  # that had been retracted before


def retract(store: Store, ids: Iterable[SupportsIndex], reason: str) -> Retracted:
    """What was done so that the results are out of all scores at once; those that are already stay so.

    Raises RefusedError without a reason or for unknown ids, all named, then nothing is retracted;
    StoreBusyError.
    """
    wanted, reason = checked_ids(ids), _checked(reason)
    done: list[Retracted] = []

    def compose(con: duckdb.DuckDBPyConnection) -> Draft | None:
        found = con.execute(
            """SELECT id, id IN (SELECT result_id FROM retractions) FROM performance_results
               WHERE id IN (SELECT unnest($ids::BIGINT[])) ORDER BY id""",
            {"ids": wanted},
        ).fetchall()
        if unknown := set(wanted) - {number for number, _ in found}:
            raise RefusedError(f"nothing was retracted: there is no result {ids_in_words(unknown)}")
        new = [number for number, gone in found if not gone]
        done.append(Retracted(tuple(new), tuple(number for number, gone in found if gone)))
        return Draft("retracted", {"actor": actor(), "ids": new, "reason": reason}) if new else None

    store.decide(compose)
    return done[-1]


def _checked(reason: str) -> str:
    text = " ".join(reason.split())
    if not text:
        raise RefusedError('a retraction needs a reason: --reason "the GPU was throttled"')
    if not text.isprintable() or len(text) > LONGEST_REASON:
        raise RefusedError(f"a reason is at most {LONGEST_REASON} printable characters")
    return text
