"""A decision about a mix of models on the record, with what it stands on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..answers import Question
from ..workloads import Mix, WorkloadAnswer
from .decision import Standing, standing
from .remedy import Measurable
from .workload_mix import recommend_mix

if TYPE_CHECKING:
    from ..storage.store import Store


@dataclass(frozen=True, slots=True)
class WorkloadRecord:
    """An answer for a mix, for a file that outlives the question."""

    answer: WorkloadAnswer
    command: str  # the question as it was asked
    standing: Standing


def workload_record(
    store: Store, mix: Mix, question: Question, measurable: Measurable | None = None, *, command: str
) -> WorkloadRecord:
    """The record of the answer for ``mix``, with the runner-up whatever its ``top_k``.

    Two of one store are the same: every date in it is the store's. Nothing is written. Raises as
    ``recommend_mix``.
    """
    with store.reading() as connection:  # the answer and what it stands on see the store at the same event
        asked = replace(question, top_k=max(2, question.top_k))
        answer = recommend_mix(store, mix, asked, measurable)
        parts = [part for row in answer.rows for part in row.parts]
        ids = tuple(sorted({i for part in parts for i in part.result_ids}))
        environments = {part.env_id for part in parts if part.env_id}
        return WorkloadRecord(answer, command, standing(connection, ids, environments))
