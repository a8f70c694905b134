"""The harness's own cost, stored beside the environments that a sweep measures in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from ...registry.records import Calibration
from ...registry.results.append import append_calibration
from ...registry.results.calibrations import calibrated
from ...registry.storage.store import Store
from ..probe import ProbedDevice
from .own_cost import OwnCost

KEPT_FOR = timedelta(days=1)
CHANGED = 4.0  # times dearer or cheaper: the kernel gave up one clock source for another; noise is within 2


def keep_own_cost(store: Store, devices: Iterable[ProbedDevice]) -> None:
    """Stores what the harness costs on each device, where that is due."""
    known = calibrated(store)
    now = datetime.now(UTC)
    for device in devices:
        cost, stored = device.own_cost, known.get(device.environment.id)
        if cost is not None and is_due(cost, stored.cost if stored else None, now):
            append_calibration(store, Calibration(device.environment.id, now.isoformat(), **asdict(cost)))


def is_due(cost: OwnCost, last: Calibration | None, now: datetime) -> bool:
    """Whether nothing is stored of the last day, or the clock has become another one since.

    A sweep that is resumed ten times a day would otherwise add ten times the same. A change of the clock
    source is what makes results of one day differ, and shows in what reading the clock costs.
    """
    if last is None or not timedelta() <= now - datetime.fromisoformat(last.recorded_at) <= KEPT_FOR:
        return True
    before, after = last.timer_overhead_s, cost.timer_overhead_s
    return not before / CHANGED <= after <= before * CHANGED
