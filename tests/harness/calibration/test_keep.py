from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fitment.harness.calibration.keep import is_due, keep_own_cost
from fitment.harness.calibration.own_cost import OwnCost
from fitment.harness.probe import ProbedDevice
from fitment.registry.records import Calibration, Environment
from fitment.registry.results.calibrations import calibrated

from tests.registry.empty_stores import empty_store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
COST = OwnCost(50e-9, 200e-9, 3e-6)


def device(name: str, cost: OwnCost | None) -> ProbedDevice:
    environment = Environment(device_kind="cpu", hardware=name)
    return ProbedDevice(name, "cpu", name, environment, {}, {}, cost)


def stored(recorded_at: datetime, timer_overhead_s: float = 200e-9) -> Calibration:
    return Calibration("env", recorded_at.isoformat(), 50e-9, timer_overhead_s, 3e-6)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, True),
        (stored(NOW - timedelta(hours=1)), False),
        (stored(NOW - timedelta(hours=25)), True),
        (stored(NOW + timedelta(hours=1)), True),
        (stored(NOW - timedelta(hours=1), timer_overhead_s=101e-9), False),
        (stored(NOW - timedelta(hours=1), timer_overhead_s=2e-6), True),
        (stored(NOW - timedelta(hours=1), timer_overhead_s=20e-9), True),
    ],
)
def test_once_a_day_is_enough(last: Calibration | None, due: bool) -> None:
    """Nothing stored, stored long ago or in the future, or another clock since: then it is due."""
    assert is_due(COST, last, NOW) is due


def test_each_device_has_its_own(tmp_path: Path) -> None:
    """Stored under each device's environment, once; a device of which nothing is known has none."""
    store = empty_store(tmp_path / "s.duckdb")
    devices = [device("a", COST), device("b", OwnCost(50e-9, 9e-6, 20e-6, 0.01)), device("c", None)]
    for _ in range(2):
        keep_own_cost(store, devices)
    found = calibrated(store)
    assert found.keys() == {each.environment.id for each in devices[:2]}
    assert found[devices[1].environment.id].cost.sampler_cpu_share == 0.01
    with store.reading() as con:
        assert con.execute("SELECT count(*) FROM calibrations").fetchall() == [(2,)]
