from __future__ import annotations

from collections.abc import Sequence

import pytest
from fitment.harness.display.both import Both
from fitment.harness.sweeps.plan import Run
from fitment.registry.records import Cell, Configuration, Measurement

CELL = Cell("mlp", "zoo", "", "forward", "cpu", "a cpu", "8", Configuration(1, "fp32", "eager"))
RUN = Run(CELL, CELL.key, "cpu", "env", 0, 60.0)


class Told:
    def __init__(self, log: list[str], name: str) -> None:
        self._log, self._name = log, name

    def start(self, runs: Sequence[Run], earlier: int) -> None:
        self._log.append(f"{self._name} start {len(runs)} {earlier}")

    def running(self, run: Run) -> None:
        self._log.append(f"{self._name} running")

    def finished(self, run: Run, measurement: Measurement, seconds: float | None) -> None:
        self._log.append(f"{self._name} {measurement.status} {seconds}")

    def dropped(self, run: Run, reason: str) -> None:
        self._log.append(f"{self._name} {reason}")

    def notice(self, text: str) -> None:
        self._log.append(f"{self._name} {text}")

    def stop(self) -> None:
        self._log.append(f"{self._name} stop")


@pytest.mark.parametrize(
    ("call", "heard"),
    [
        (lambda both: both.start([RUN], 2), "start 1 2"),
        (lambda both: both.running(RUN), "running"),
        (lambda both: both.finished(RUN, Measurement(CELL, "env", "ok", "2026-01-01"), 3.0), "ok 3.0"),
        (lambda both: both.dropped(RUN, "known"), "known"),
        (lambda both: both.notice("a word"), "a word"),
        (lambda both: both.stop(), "stop"),
    ],
)
def test_each_hears_everything_in_order(call: object, heard: str) -> None:
    """Whatever the sweep tells, both are told, the first one first."""
    log: list[str] = []
    assert callable(call)
    call(Both(Told(log, "a"), Told(log, "b")))
    assert log == [f"a {heard}", f"b {heard}"]
