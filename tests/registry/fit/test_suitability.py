"""Calculating scores: all derived tables at once, the same each time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fitment.registry.errors import UnknownNameError
from fitment.registry.fit.suitability import ScoreReport, calculate_scores, pair_scores, update_task
from fitment.registry.results.retract import retract
from fitment.registry.storage import database
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store

DERIVED = ("estimates", "hardware_model_compatibility", "task_recommendations")


def contents(store: Store) -> dict[str, list[Any]]:
    with store.reading() as connection:
        tables = (*DERIVED, "noise")
        return {t: connection.execute(f"SELECT * FROM {t} ORDER BY ALL").fetchall() for t in tables}


def test_report_counts_what_is_stored(unscored_store: Store) -> None:
    """The report's counts are those of the tables, and it names the last event that is in them."""
    report = calculate_scores(unscored_store)
    held = contents(unscored_store)
    assert [report.estimates, report.pairs, report.outdated] == [len(held[t]) for t in DERIVED]
    assert report.estimates == 7
    assert report.pairs == 3
    with unscored_store.reading() as connection:
        assert connection.execute("SELECT applied_seq FROM meta").fetchall() == [(report.as_of_seq,)]


def test_again_is_the_same(scored_store: Store) -> None:
    """Calculating twice gives the same rows, ids and dates included."""
    first = contents(scored_store)
    calculate_scores(scored_store)
    assert contents(scored_store) == first


def test_recommendations_that_know_less_are_gone(unscored_store: Store) -> None:
    """What is stored for a task is never older than the scores beside it."""
    stored = update_task(unscored_store, "inference").recommendations
    assert calculate_scores(unscored_store).outdated == 0
    assert len(contents(unscored_store)["task_recommendations"]) == stored > 0
    retract(unscored_store, [1], "throttled")
    assert calculate_scores(unscored_store).outdated == stored
    assert contents(unscored_store)["task_recommendations"] == []


def test_store_without_results(tmp_path: Path) -> None:
    """An empty store has no scores, which is no error."""
    store = empty_store(tmp_path / "fitment.duckdb")
    assert calculate_scores(store) == ScoreReport(0, 0, 0, 1)


def test_what_is_asked_for_never_changes_a_score(unscored_store: Store) -> None:
    """The pairs of one model or hardware have the numbers that they have among all."""
    everything = pair_scores(unscored_store)
    for each in everything:
        assert each in pair_scores(unscored_store, each.model_id, each.hardware_id, update=False)


def test_without_update_the_same_scores_come_and_nothing_is_written(unscored_store: Store) -> None:
    """Another process may read meanwhile; stale stored scores stay as they are, and don't show."""
    before = contents(unscored_store)
    with database.connect(unscored_store.path, read_only=True):
        shown = pair_scores(unscored_store, update=False)
    assert contents(unscored_store) == before
    assert pair_scores(unscored_store) == shown
    assert contents(unscored_store) != before


def test_one_task_is_counted_after_all_is_made_anew(unscored_store: Store) -> None:
    """Entries that no longer hold are gone; a task that does not exist is named."""
    report = update_task(unscored_store, "inference")
    with unscored_store.reading() as connection:
        held = connection.execute(
            """SELECT count(DISTINCT model_id), count(*) FROM task_recommendations
               WHERE task_type = 'inference'"""
        ).fetchall()
    assert held == [(report.models, report.recommendations)]
    retract(unscored_store, range(1, 1 + count_results(unscored_store)), "all wrong")
    assert update_task(unscored_store, "inference").recommendations == 0
    with pytest.raises(UnknownNameError, match="unknown task"):
        update_task(unscored_store, "inferense")


def count_results(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.execute("SELECT count(*) FROM performance_results").fetchall()[0][0])
