"""The result ids of what an answer shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fitment.registry.fit.recommend import recommend
from fitment.registry.fit.suitability import calculate_scores
from fitment.registry.storage.store import Store

from tests.registry.fit.estimates import QUESTION
from tests.registry.fit.stores import HERE, THERE, journalling, measure


def test_rows_and_references_have_the_ids_of_their_ok_results(tmp_path: Path) -> None:
    """Stored or made in memory, for rows shown and whoever set a reference, without those of failures."""
    store = Store.open(tmp_path / "fitment.duckdb", create=True)
    with journalling(store):
        for i in range(2):
            measure(store, "net", HERE, 1, 10.0 + i, invocation=i)
            measure(store, "net", THERE, 1, 20.0 + i, invocation=i)
        measure(store, "net", THERE, 1, None, status="crashed", invocation=2)
    asked = replace(QUESTION, explain=True, top_k=1)
    for prepare in (lambda: None, lambda: calculate_scores(store)):
        prepare()
        (row,) = recommend(store, asked).rows
        assert row.evidence.result_ids == (2, 4)
        assert row.explanation is not None
        assert {term.set_by.result_ids for term in row.explanation.terms if term.set_by} <= {(1, 3), (2, 4)}
