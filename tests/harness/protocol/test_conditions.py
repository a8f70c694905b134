"""fitment.harness.protocol.conditions: what a GPU's state becomes in the record."""

from __future__ import annotations

import os
from typing import Any

import pytest
from fitment.harness.protocol.conditions import note_gpu_state

from tests.harness.meters.fake_nvml import FakeNvml, process
from tests.harness.protocol.benches import Recorded


def state(**answers: Any) -> dict[str, Any]:
    """What is noted of a GPU that gives these answers."""
    recorded = Recorded(FakeNvml(**answers))
    assert recorded.bench.gpu is not None
    note_gpu_state(recorded.bench, recorded.bench.gpu)
    return recorded.fields()


def test_clock_temperature_and_reasons_are_noted() -> None:
    """A warm GPU that nothing holds back has its figures and no flag."""
    fields = state(
        nvmlDeviceGetClockInfo=1500,
        nvmlDeviceGetMaxClockInfo=1900,
        nvmlDeviceGetTemperature=60,
        nvmlDeviceGetCurrentClocksEventReasons=0,
        nvmlDeviceGetComputeRunningProcesses=[process(os.getpid(), 5)],
    )
    assert (fields["sm_clock_hz"], fields["temperature_c"], fields["throttle_reasons"]) == (1.5e9, 60.0, "")
    assert fields["flags"] == ""


@pytest.mark.parametrize(
    ("answers", "flags"),
    [
        ({"nvmlDeviceGetCurrentClocksEventReasons": 0x40}, "throttled"),
        ({"nvmlDeviceGetComputeRunningProcesses": [process(1, 5)]}, "contended"),
        ({}, ""),
    ],
)
def test_F30_F40_what_disturbs_is_flagged(answers: dict[str, Any], flags: str) -> None:
    """A clock held down and another process on the GPU flag the result; a silent NVML does not."""
    assert state(**answers)["flags"] == flags


def test_F36_lost_gpu_is_flagged() -> None:
    """A GPU that went away during the passes leaves None and a flag."""
    library = FakeNvml()
    recorded = Recorded(library)
    library.lose()
    assert recorded.bench.gpu is not None
    note_gpu_state(recorded.bench, recorded.bench.gpu)
    fields = recorded.fields()
    assert fields["flags"] == "gpu_lost"
    assert fields["sm_clock_hz"] is None
