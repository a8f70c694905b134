"""A decision on the record: an answer with what it stands on, so that it can be made again and checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from ..answers import Answer, Question
from ..records import Environment
from .remedy import Measurable
from .with_inherited import recommend_with_inherited

if TYPE_CHECKING:
    import duckdb

    from ..storage.store import Store

NEWEST = "SELECT max(recorded_at) FROM performance_results WHERE id IN (SELECT unnest($ids))"
ENVIRONMENTS = "SELECT * FROM environments WHERE env_id IN (SELECT unnest($ids)) ORDER BY env_id"
META = "SELECT store_id, applied_seq FROM meta"


@dataclass(frozen=True, slots=True)
class Standing:
    """What an answer stands on."""

    store_id: str
    seq: int  # of the newest event that it knows
    fitment: str  # the release that made it
    result_ids: tuple[int, ...]  # of its rows and of what they are held against
    newest: str | None  # when the newest of those came in, UTC, ISO 8601
    environments: tuple[tuple[str, Environment], ...]  # by id


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """An answer, explained, for a file that outlives the question."""

    answer: Answer
    command: str  # the question as it was asked
    standing: Standing


def decision_record(
    store: Store, question: Question, measurable: Measurable | None = None, *, command: str
) -> DecisionRecord:
    """The record of the answer to ``question``, with the runner-up whatever its ``top_k``.

    Two of one store are the same: every date in it is the store's. Nothing is written. Raises as
    ``recommend_with_inherited``.
    """
    with store.reading() as connection:  # the answer and what it stands on see the store at the same event
        asked = replace(question, explain=True, top_k=max(2, question.top_k))
        answer = recommend_with_inherited(store, asked, measurable)
        inherited = (row for each in answer.inherited for row in each.answer.rows)
        environments = {row.env_id for row in (*answer.rows, *inherited)}
        return DecisionRecord(answer, command, standing(connection, used_results(answer), environments))


def used_results(answer: Answer) -> tuple[int, ...]:
    """The ids of the results that the rows and their references stand on, sorted."""
    ids = {i for row in answer.rows for i in row.evidence.result_ids}
    terms = (term for row in answer.rows if row.explanation for term in row.explanation.terms)
    return tuple(sorted(ids.union(*(term.set_by.result_ids for term in terms if term.set_by))))


def standing(
    connection: duckdb.DuckDBPyConnection, ids: tuple[int, ...], environments: Iterable[str]
) -> Standing:
    """What an answer stands on that uses these results, measured in these environments."""
    (newest,) = connection.execute(NEWEST, {"ids": list(ids)}).fetchall()[0]
    store_id, seq = connection.execute(META).fetchall()[0]
    return Standing(
        store_id=store_id,
        seq=seq,
        fitment=version("fitment"),
        result_ids=ids,
        newest=newest.isoformat(timespec="seconds") + "+00:00" if newest else None,
        environments=tuple(_environments(connection, environments)),
    )


def _environments(
    connection: duckdb.DuckDBPyConnection, ids: Iterable[str]
) -> Iterable[tuple[str, Environment]]:
    """The environments that are known of those ids, by id."""
    cursor = connection.execute(ENVIRONMENTS, {"ids": sorted(ids)})
    names = [column[0] for column in cursor.description or ()]
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        yield row["env_id"], Environment(**{field.name: row[field.name] for field in fields(Environment)})
