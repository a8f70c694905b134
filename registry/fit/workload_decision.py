"""A decision about a mix of models on the record, with what it stands on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..answers import Estimate, Question
from ..results.runs import ids_of
from ..workloads import Mix, WorkloadAnswer
from .decision import Standing, standing
from .remedy import Measurable
from .workload_mix import recommended_mix
from .workload_parts import Part

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
    ``recommended_mix``.
    """
    with store.reading() as connection:  # the answer and what it stands on see the store at the same event
        asked = replace(question, explain=True, top_k=max(2, question.top_k))
        found = recommended_mix(store, mix, asked, measurable)
        judged = [e for part in found.parts for e in judged_in(part)]
        numbers = sorted({e.candidate_id for e in judged if e.candidate_id is not None})
        ids = tuple(sorted({i for found_ids in ids_of(connection, numbers).values() for i in found_ids}))
        return WorkloadRecord(found.answer, command, standing(connection, ids, {e.env_id for e in judged}))


def judged_in(part: Part) -> tuple[Estimate, ...]:
    """All that was compared in a part, whether or not it meets the limits and is shown."""
    return tuple(c.estimate for c in part.basis.candidates) if part.basis else ()
