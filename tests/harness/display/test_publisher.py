from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.display.publisher import Publisher
from fitment.harness.sweeps import status_file
from fitment.harness.sweeps.plan import Run
from fitment.harness.sweeps.status_file import Status
from fitment.registry.records import Cell, Configuration, Measurement
from fitment.registry.storage import journal

from tests.registry.empty_stores import empty_store

ID = "0123456789abcdef"


def run(batch: int, device: str = "cpu") -> Run:
    cell = Cell("mlp", "zoo", "", "forward", "cpu", "a cpu", "8", Configuration(batch, "fp32", "eager"))
    return Run(cell, cell.key, device, f"env of {device}", 0, 60.0)


RUNS = [run(1), run(8), run(1, "cuda:0")]
OK = Measurement(RUNS[0].cell, "env", "ok", "2026-01-01", throughput=1.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The state folder of a store."""
    empty_store(tmp_path / "s.duckdb")
    return tmp_path / "s.journal"


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def publisher(folder: Path, told: list[str]) -> Publisher:
    return Publisher(folder, ID, "a sweep", told.append)


def published(folder: Path) -> Status:
    status = status_file.read(folder, ID)
    assert status is not None
    return status


def test_each_step_is_there_for_others(folder: Path, publisher: Publisher, told: list[str]) -> None:
    """What runs since when, what is done by device, how long it takes; then what was said at the end."""
    publisher.start(RUNS, 4)
    assert status_file.is_alive(folder, ID)
    status = published(folder)
    assert (status.name, status.earlier, status.total, status.done) == ("a sweep", 4, 3, 0)
    publisher.running(RUNS[0])
    cpu, gpu = published(folder).devices
    assert (cpu.now, cpu.total, gpu.now) == ("mlp b1 fp32 eager", 2, None)
    assert cpu.since is not None
    publisher.finished(RUNS[0], OK, 10.0)
    status = published(folder)
    assert (status.devices[0].done, status.devices[0].now, status.left_s) == (1, None, 20.0)
    publisher.dropped(RUNS[1], "measured above")
    publisher.notice("for others")
    assert published(folder).done == 2
    publisher.end(["Done: 1 ok."])
    publisher.stop()
    assert published(folder).ended == ("Done: 1 ok.",)
    assert not status_file.is_alive(folder, ID)
    assert told == []


def test_the_journals_end_is_told_with_each_step(folder: Path, publisher: Publisher) -> None:
    """Results that the status counts lie between where the sweep began and what it has reached."""
    publisher.start(RUNS, 0)
    began = published(folder)
    appended = journal.append(folder, "sweep", {})
    publisher.finished(RUNS[0], OK, 1.0)
    reached = published(folder)
    assert reached.began == began.began == began.reached
    assert reached.reached.seq == appended.seq == began.reached.seq + 1
    publisher.stop()


def test_a_sweep_that_is_cut_off_says_nothing_at_its_end(folder: Path, publisher: Publisher) -> None:
    """Without an end there is none to read, and the lock is free."""
    publisher.start(RUNS, 0)
    publisher.stop()
    assert published(folder).ended is None
    assert not status_file.is_alive(folder, ID)


def test_nothing_to_run_is_not_published(folder: Path, publisher: Publisher) -> None:
    """There would be nothing to watch."""
    publisher.start([], 3)
    publisher.end(["Done: nothing to run."])
    publisher.stop()
    assert status_file.sweeps(folder) == []


def test_what_cannot_be_written_is_a_notice(folder: Path, publisher: Publisher, told: list[str]) -> None:
    """The sweep goes on; it is told once that nobody can follow it."""
    (folder / "sweeps").write_text("in the way")
    publisher.start(RUNS, 0)
    publisher.running(RUNS[0])
    publisher.finished(RUNS[0], OK, 1.0)
    publisher.end(["Done."])
    publisher.stop()
    assert len(told) == 1
    assert told[0].startswith("`fitment watch` can't follow this sweep: ")


def test_a_status_that_fails_later_is_withdrawn(
    folder: Path, publisher: Publisher, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up: nobody waits for a status that no longer changes."""

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    publisher.start(RUNS, 0)
    monkeypatch.setattr(status_file.StatusFile, "write", full)
    publisher.running(RUNS[0])
    publisher.running(RUNS[0])
    assert len(told) == 1
    assert "No space left on device" in told[0]
    assert status_file.sweeps(folder) == []
