"""A decision on the record, from a real store."""

from __future__ import annotations

import pytest
from fitment.registry.answers import Question
from fitment.registry.errors import NoResultsError
from fitment.registry.fit.decision import decision_record, used_results
from fitment.registry.storage.store import Store

from tests.registry.fit.stores import HERE, THERE, measure


def test_what_it_stands_on(scored: Store) -> None:
    """Store, event, result ids of rows and references, newest date and environments are the store's."""
    record = decision_record(scored, Question("net"), command="fitment recommend net")
    standing = record.standing
    with scored.reading() as con:
        assert con.execute("SELECT store_id, applied_seq FROM meta").fetchall() == [
            (standing.store_id, standing.seq)
        ]
    assert standing.result_ids == used_results(record.answer) == (1, 2, 3, 6, 8)
    assert standing.newest == "2026-01-02T03:04:05+00:00"
    assert dict(standing.environments) == {HERE.id: HERE, THERE.id: THERE}
    assert standing.fitment
    assert all(row.explanation is not None for row in record.answer.rows)


def test_the_runner_up_is_there_whatever_top_k(scored: Store) -> None:
    """--top-k 1 asks for one row; a record has the second as well, with the lead of the first."""
    rows = decision_record(scored, Question("net", top_k=1), command="").answer.rows
    assert [row.rank for row in rows] == [1, 2]
    lead = rows[0].compatibility - rows[1].compatibility
    assert rows[0].lead_low is not None
    assert rows[0].lead_high is not None
    assert rows[0].lead_low < lead < rows[0].lead_high


def test_two_of_one_store_are_the_same(unscored_store: Store) -> None:
    """Nothing in a record is of the moment it is made; a later result changes it."""
    store = unscored_store
    first, second = (decision_record(store, Question("net"), command="c") for _ in range(2))
    assert first == second
    measure(store, "net", HERE, 8, 31.0)
    later = decision_record(store, Question("net"), command="c")
    assert later.standing.seq > first.standing.seq


def test_nothing_usable(unscored_store: Store) -> None:
    """An answer without rows stands on nothing, and an unknown model is the same mistake as ever."""
    record = decision_record(unscored_store, Question("net", batch=1024), command="c")
    assert (record.answer.rows, record.standing.result_ids, record.standing.newest) == ((), (), None)
    with pytest.raises(NoResultsError, match="did you mean net"):
        decision_record(unscored_store, Question("nett"), command="c")
