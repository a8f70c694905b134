"""Calculating scores: all derived tables at once, the same each time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fitment.registry.fit.suitability import ScoreReport, calculate_scores
from fitment.registry.storage.store import Store

DERIVED = ("estimates", "hardware_model_compatibility", "task_recommendations")


def contents(store: Store) -> dict[str, list[Any]]:
    with store.reading() as connection:
        tables = (*DERIVED, "noise")
        return {t: connection.execute(f"SELECT * FROM {t} ORDER BY ALL").fetchall() for t in tables}


def test_report_counts_what_is_stored(unscored_store: Store) -> None:
    """The report's counts are those of the tables, and it names the last event that is in them."""
    report = calculate_scores(unscored_store)
    held = contents(unscored_store)
    assert [report.estimates, report.pairs, report.recommendations] == [len(held[t]) for t in DERIVED]
    assert report.estimates == 7
    assert report.pairs == 3
    with unscored_store.reading() as connection:
        assert connection.execute("SELECT applied_seq FROM meta").fetchall() == [(report.as_of_seq,)]


def test_again_is_the_same(scored_store: Store) -> None:
    """Calculating twice gives the same rows, ids and dates included."""
    first = contents(scored_store)
    calculate_scores(scored_store)
    assert contents(scored_store) == first


def test_store_without_results(tmp_path: Path) -> None:
    """An empty store has no scores, which is no error."""
    store = Store.open(tmp_path / "fitment.duckdb", create=True)
    assert calculate_scores(store) == ScoreReport(0, 0, 0, 1)
