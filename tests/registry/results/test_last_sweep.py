from __future__ import annotations

from pathlib import Path

from fitment.registry.records import Cell, Configuration, Measurement
from fitment.registry.results.append import SweepRecord, append_measurement, append_sweep
from fitment.registry.results.last_sweep import LastSweep, last_sweep

from tests.registry.empty_stores import empty_store

CELL = Cell("mlp", "zoo", "", "forward", "cpu", "a cpu", "8", Configuration(1, "fp32", "eager"))


def test_the_newest_sweep_with_its_outcomes(tmp_path: Path) -> None:
    """By when it was started, whatever was stored last; its own results only, the most frequent first."""
    store = empty_store(tmp_path / "s.duckdb")
    assert last_sweep(store) is None
    for sweep_id, day in (("new", "02"), ("old", "01")):
        started_at = f"2026-03-{day}T12:00:00+02:00"
        append_sweep(store, SweepRecord(sweep_id, f"the {sweep_id}", started_at, "", "0", None, None, 2))
    for sweep_id, status in (("new", "timeout"), ("new", "ok"), ("new", "ok"), ("old", "crashed")):
        append_measurement(
            store, Measurement(CELL, "env", status, "2026-03-03T00:00:00+00:00", sweep_id=sweep_id)
        )
    assert last_sweep(store) == LastSweep(
        "new", "the new", "2026-03-02T10:00:00+00:00", (("ok", 2), ("timeout", 1))
    )
