"""A decision about a mix on the record, from a real store."""

from __future__ import annotations

from fitment.registry.answers import Question
from fitment.registry.fit.workload_decision import workload_record
from fitment.registry.storage.store import Store
from fitment.registry.workloads import Mix, Work

from tests.registry.fit.stores import HERE, THERE

MIX = Mix("mix.toml", (Work("net", 1.0), Work("other", 1.0)))


def test_what_it_stands_on(scored: Store) -> None:
    """Results and environments of all that was judged, the store's date, the runner-up whatever --top-k."""
    record = workload_record(scored, MIX, Question("", top_k=1), command="fitment recommend")
    assert [row.hardware for row in record.answer.rows] == [THERE.hardware, HERE.hardware]
    shown = {i for row in record.answer.rows for part in row.parts for i in part.result_ids}
    assert record.standing.result_ids == (1, 2, 3, 4, 6, 7, 8, 9)  # all that ran; 5 was out of memory
    assert shown < set(record.standing.result_ids)
    assert all(part.alone for row in record.answer.rows for part in row.parts if part.configuration)
    assert dict(record.standing.environments) == {HERE.id: HERE, THERE.id: THERE}
    assert record.standing.newest == "2026-01-02T03:04:05+00:00"
    assert record == workload_record(scored, MIX, Question("", top_k=1), command="fitment recommend")


def test_what_limits_reject_was_judged(scored: Store) -> None:
    """Where nothing meets them, the results that say so stand in the record."""
    record = workload_record(scored, MIX, Question("", max_latency_s=1e-9), command="fitment recommend")
    assert record.answer.rows == ()
    assert record.standing.result_ids == (1, 2, 3, 4, 6, 7, 8, 9)
