"""fitment.registry.results.earlier: which invocations need not run again, and what is known of them."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from fitment.registry.catalogue.naming import rename_model
from fitment.registry.records import DECIDED_FAILURES, UNDECIDED_FAILURES
from fitment.registry.results.append import SweepRecord, append_measurement, append_sweep
from fitment.registry.results.earlier import Invocation, earlier
from fitment.registry.results.earlier import finished as finished_of
from fitment.registry.results.retract import retract
from fitment.registry.storage import database
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store
from tests.registry.storage import examples


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return empty_store(tmp_path / "x.duckdb", wait_s=0)


def finished(store: Store) -> dict[Invocation, str]:
    """What is finished in the store."""
    return finished_of(earlier(store))


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


@pytest.mark.parametrize("held", [False, True])
def test_a_retracted_run_is_measured_again(store: Store, *, held: bool) -> None:
    """It is not finished, and its time still parts the records beside it; what is measured anew counts."""
    at = "2026-01-02T03:04:{}+00:00".format
    for batch, second in ((1, "01"), (2, "05"), (3, "07")):
        append_measurement(store, examples.measured(batch, sweep_id="s1", recorded_at=at(second)))
    retract(store, [2], "a fan stood still")
    with database.connect(store.path, read_only=False) if held else nullcontext():
        assert finished(store) == {key(1): "ok", key(3): "ok"}
        assert earlier(store)[-1].took_s == 2.0
    append_measurement(store, examples.measured(2, status="oom_device"))
    with database.connect(store.path, read_only=False) if held else nullcontext():
        assert finished(store)[key(2)] == "oom_device"


def test_a_run_whose_retraction_was_undone_is_finished(store: Store) -> None:
    """Whether that is in the database yet or only in the journal."""
    append_measurement(store, examples.measured(1))
    retract(store, [1], "a fan stood still")
    with database.connect(store.path, read_only=True):
        body = {"actor": "a@b", "ids": [1], "reason": "it did not"}
        store.append("reinstated", body)
        assert store.pending() == 1
        assert finished(store) == {key(1): "ok"}
    with database.connect(store.path, read_only=False):
        assert finished(store) == {key(1): "ok"}


@pytest.mark.parametrize("held", [False, True])
def test_a_run_is_told_with_its_profile_and_its_time(store: Store, *, held: bool) -> None:
    """Cell, throughput, the sweep's profile, and the seconds since the record before it in its sweep.

    The same whether the rows come from the database or, while a writer holds that, from the journal.
    """
    at = "2026-01-02T03:{}+00:00".format
    append_sweep(store, SweepRecord("s9", "a", at("04:00"), "", "hash", None, None, 2, "strict"))
    append_sweep(store, SweepRecord("s8", "a", at("00:00"), "", "hash", None, None, 2))
    for batch, sweep, when in (
        (1, "s9", "04:07"),
        (2, "s8", "04:08"),
        (3, "s9", "05:07"),
        (4, "s9", "05:00"),
    ):
        append_measurement(
            store, examples.measured(batch, sweep_id=sweep, recorded_at=at(when), throughput=2.0 * batch)
        )
    append_measurement(store, examples.measured(5, sweep_id="unknown"))
    append_measurement(store, examples.measured(1, sweep_id="s9", env_id="elsewhere"))
    if held:
        with database.connect(store.path, read_only=False):
            found = earlier(store, {examples.ENVIRONMENT.id})
    else:
        found = earlier(store, {examples.ENVIRONMENT.id})
    assert [run.cell for run in found] == [examples.measured(batch).cell for batch in (1, 2, 3, 4, 5)]
    assert [run.cell_key for run in found] == [run.cell.key for run in found]
    assert [run.throughput for run in found[:4]] == [2.0, 4.0, 6.0, 8.0]
    assert [run.took_s for run in found] == [7.0, 248.0, 60.0, None, None]
    assert [run.profile for run in found] == ["strict", None, "strict", "strict", None]


@pytest.mark.parametrize("held", [False, True])
def test_a_run_is_told_with_every_name_of_its_model(store: Store, *, held: bool) -> None:
    """Whatever it was measured as, and whether the renames are read from the database or the journal."""
    append_measurement(store, examples.measured(1))
    rename_model(store, "resnet18", "r18")
    rename_model(store, "r18", "ours")
    append_measurement(store, examples.measured(2))
    with database.connect(store.path, read_only=False) if held else nullcontext():
        runs = earlier(store)
    assert {(run.cell.model, run.names) for run in runs} == {("ours", frozenset({"resnet18", "r18", "ours"}))}
    assert [run.identity for run in runs] == [key(1), key(2)]
    again = runs[0].called("resnet18")
    assert (again.cell, again.identity) == (examples.measured(1).cell, key(1))
