"""Results taken back, and taken in again: stored they stay, and the history keeps every reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, SupportsIndex

from ..catalogue.actor import actor
from ..errors import RefusedError
from ..storage.apply_decisions import ids_in_words
from ..storage.store import Draft, Store
from .link import checked_ids
from .named import NamedResult, named_results

if TYPE_CHECKING:
    import duckdb

LONGEST_REASON = 1000  # characters


@dataclass(frozen=True, slots=True)
class Retracted:
    """What retracting did."""

    retracted: tuple[int, ...]
    unchanged: tuple[int, ...]  # that had been retracted before
    named: tuple[NamedResult, ...] = field(default=(), compare=False)  # what ``retracted`` is of


@dataclass(frozen=True, slots=True)
class Reinstated:
    """What undoing retractions did."""

    reinstated: tuple[int, ...]
    named: tuple[NamedResult, ...] = field(default=(), compare=False)  # what they are of


def retract(store: Store, ids: Iterable[SupportsIndex], reason: str) -> Retracted:
    """What was done so that the results are out of all scores at once; those that are already stay so.

    Raises RefusedError without a reason or for unknown ids, all named, then nothing is retracted;
    StoreBusyError.
    """
    wanted, reason = checked_ids(ids), _checked(reason, "a retraction", '"the GPU was throttled"')
    done: list[Retracted] = []

    def compose(con: duckdb.DuckDBPyConnection) -> Draft | None:
        found = _retracted_or_not(con, wanted)
        if unknown := set(wanted) - found.keys():
            raise RefusedError(f"nothing was retracted: there is no result {ids_in_words(unknown)}")
        new = [number for number, gone in found.items() if not gone]
        before = tuple(number for number, gone in found.items() if gone)
        done.append(Retracted(tuple(new), before, named_results(con, new)))
        return Draft("retracted", {"actor": actor(), "ids": new, "reason": reason}) if new else None

    store.decide(compose)
    return done[-1]


def reinstate(store: Store, ids: Iterable[SupportsIndex], reason: str) -> Reinstated:
    """What was done so that retracted results count again, in all scores at once.

    Raises RefusedError without a reason, for unknown ids and for results that are not retracted, all named,
    then nothing is undone; StoreBusyError.
    """
    wanted, reason = checked_ids(ids), _checked(reason, "undoing one", '"it was another machine"')
    done: list[Reinstated] = []

    def compose(con: duckdb.DuckDBPyConnection) -> Draft:
        found = _retracted_or_not(con, wanted)
        wrong = []
        if unknown := set(wanted) - found.keys():
            wrong.append(f"there is no result {ids_in_words(unknown)}")
        if counting := [number for number, gone in found.items() if not gone]:
            wrong.append(f"{ids_in_words(counting)} is not retracted")
        if wrong:
            raise RefusedError(f"no retraction was undone: {'; '.join(wrong)}")
        done.append(Reinstated(tuple(wanted), named_results(con, wanted)))
        return Draft("reinstated", {"actor": actor(), "ids": wanted, "reason": reason})

    store.decide(compose)
    return done[-1]


def _retracted_or_not(con: duckdb.DuckDBPyConnection, ids: list[int]) -> dict[int, bool]:
    """Whether each of the results that there are is retracted, by id."""
    found = con.execute(
        """SELECT id, id IN (SELECT result_id FROM retractions) FROM performance_results
           WHERE id IN (SELECT unnest($ids::BIGINT[])) ORDER BY id""",
        {"ids": ids},
    ).fetchall()
    return dict(found)


def _checked(reason: str, what: str, example: str) -> str:
    text = " ".join(reason.split())
    if not text:
        raise RefusedError(f"{what} needs a reason: --reason {example}")
    if not text.isprintable() or len(text) > LONGEST_REASON:
        raise RefusedError(f"a reason is at most {LONGEST_REASON} printable characters")
    return text
