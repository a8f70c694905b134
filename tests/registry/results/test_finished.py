"""Which invocations a sweep need not run again."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.records import DECIDED_FAILURES, UNDECIDED_FAILURES
from fitment.registry.results.append import append_measurement
from fitment.registry.results.finished import finished
from fitment.registry.storage import database
from fitment.registry.storage.store import Store

from tests.registry.storage import examples


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store.open(tmp_path / "x.duckdb", create=True, wait_s=0)


def key(batch: int, invocation: int = 0) -> tuple[str, str, int]:
    """What identifies an invocation."""
    return examples.measured(batch).cell.key, examples.ENVIRONMENT.id, invocation


def test_what_ran_or_was_decided_is_finished(store: Store) -> None:
    """Ok and every failure that says something of the hardware; nothing else."""
    statuses = ["ok", *sorted(DECIDED_FAILURES), *sorted(UNDECIDED_FAILURES)]
    with database.connect(store.path, read_only=True):  # all at once when it is free
        for batch, status in enumerate(statuses, start=1):
            append_measurement(store, examples.measured(batch, status=status))
    expected = {
        key(batch): status
        for batch, status in enumerate(statuses, start=1)
        if status not in UNDECIDED_FAILURES
    }
    assert finished(store) == expected
    assert store.pending() == 0


def test_invocations_and_environments_are_told_apart(store: Store) -> None:
    """A repeat on this machine and a run on another are runs of their own."""
    append_measurement(store, examples.measured(1, invocation=1))
    append_measurement(store, examples.measured(1, env_id="elsewhere"))
    assert finished(store) == {
        key(1, 1): "ok",
        (key(1)[0], "elsewhere", 0): "ok",
    }


def test_the_latest_decided_run_counts(store: Store) -> None:
    """A run that was cancelled before or after it came to its end is finished."""
    for status in ("cancelled", "ok"):
        append_measurement(store, examples.measured(1, status=status))
    for status in ("ok", "device_fault"):
        append_measurement(store, examples.measured(2, status=status))
    append_measurement(store, examples.measured(2, status="timeout"))
    assert finished(store) == {key(1): "ok", key(2): "timeout"}


def test_published_rows_finish_nothing(store: Store) -> None:
    """What others measured is not measured here."""
    examples.import_lines(store, range(1, 4))
    assert finished(store) == {}


def test_results_that_are_not_in_the_database_yet_count(store: Store) -> None:
    """Whether a reader or a writer holds the database, what was acknowledged is known."""
    append_measurement(store, examples.measured(1))
    with database.connect(store.path, read_only=True):
        append_measurement(store, examples.measured(2))
        assert store.pending() == 1
        assert finished(store) == {key(1): "ok", key(2): "ok"}
    with database.connect(store.path, read_only=False):
        assert finished(store) == {key(1): "ok", key(2): "ok"}
