"""fitment.harness.protocol.gpu_at_work: clocks and users of a GPU, as figures and as flags."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import Any

import pytest
from fitment.harness.errors import DeviceFaultError
from fitment.harness.protocol import gpu_at_work, gpu_state

from tests.harness.meters.fake_nvml import UUID, FakeNvml, process
from tests.harness.protocol.benches import Recorded

COMPUTE = "nvmlDeviceGetComputeRunningProcesses"


@pytest.fixture(autouse=True)
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stretch in which the clocks are watched is short."""
    monkeypatch.setattr(gpu_at_work, "WATCHED_S", 0.01)
    monkeypatch.setattr(gpu_at_work, "INTERVAL_S", 0.002)


def state(before: dict[str, Any] | None = None, **after: Any) -> dict[str, Any]:
    """What is noted of a GPU that gave the answers ``before`` first, and gives ``after`` since."""
    library = FakeNvml(**(before or {}))
    recorded = Recorded(library)
    gpu = recorded.bench.gpu
    assert gpu is not None
    was = gpu_state.read(gpu)
    library.gpus[UUID] = after
    gpu_at_work.note(recorded.bench, gpu, was)
    return recorded.fields()


def test_what_a_gpu_says_at_work_is_noted() -> None:
    """A warm GPU that nothing holds back and nobody shares has its figures and no flag."""
    fields = state(
        {COMPUTE: []},
        nvmlDeviceGetClockInfo=lambda kind: {1: 1500, 2: 2600}[kind],
        nvmlDeviceGetMaxClockInfo=1900,
        nvmlDeviceGetTemperature=60,
        nvmlDeviceGetUtilizationRates=SimpleNamespace(gpu=98, memory=50),
        nvmlDeviceGetCurrentClocksEventReasons=0,
        nvmlDeviceGetComputeRunningProcesses=[process(os.getpid(), 5)],
    )
    assert (fields["sm_clock_hz"], fields["memory_clock_hz"]) == (1.5e9, 2.6e9)
    assert (fields["temperature_c"], fields["throttle_reasons"]) == (60.0, "")
    assert fields["utilisation"] == pytest.approx(0.98)
    assert fields["foreign_processes"] == 0
    assert fields["flags"] == ""


@pytest.mark.parametrize(
    ("answers", "flags"),
    [
        ({"nvmlDeviceGetCurrentClocksEventReasons": 0x40}, "throttled"),
        ({"nvmlDeviceGetCurrentClocksEventReasons": 0x1}, ""),
        ({"nvmlDeviceGetClockInfo": 1499, "nvmlDeviceGetMaxClockInfo": 2000}, "throttled"),
        ({"nvmlDeviceGetClockInfo": 1500, "nvmlDeviceGetMaxClockInfo": 2000}, ""),
        (
            {
                "nvmlDeviceGetClockInfo": 900,
                "nvmlDeviceGetDefaultApplicationsClock": 585,
                "nvmlDeviceGetMaxClockInfo": 1590,
            },
            "",
        ),
        ({COMPUTE: [process(1, 5)]}, "contended"),
        ({"nvmlDeviceGetGraphicsRunningProcesses": [process(1, 5)]}, "contended"),
        ({}, ""),
    ],
)
def test_F30_F40_what_disturbs_is_flagged(answers: dict[str, Any], flags: str) -> None:
    """A clock held down or below 75 % of the default, and another's process, are flagged; silence is not."""
    before = {COMPUTE: answers[COMPUTE]} if COMPUTE in answers else {}
    if "nvmlDeviceGetGraphicsRunningProcesses" in answers:
        before = dict(answers)
    assert state(before, **answers)["flags"] == flags


def test_F30_reason_that_comes_and_goes() -> None:
    """A reason that is there at one moment of the work is kept, each once."""
    reasons = iter([0x4, 0x24])
    fields = state(nvmlDeviceGetCurrentClocksEventReasons=lambda: next(reasons, 0x1))
    assert fields["throttle_reasons"] == "sw_power_cap,sw_thermal_slowdown"
    assert fields["flags"] == "throttled"


def test_F36_lost_gpu_ends_the_cell() -> None:
    """A GPU that went away during the passes is a fault of the device, and leaves None."""
    library = FakeNvml(nvmlDeviceGetClockInfo=1500)
    recorded = Recorded(library)
    library.lose()
    assert recorded.bench.gpu is not None
    with pytest.raises(DeviceFaultError, match="lost the GPU") as raised:
        gpu_at_work.note(recorded.bench, recorded.bench.gpu, None)
    assert raised.value.status == "device_fault"
    fields = recorded.fields()
    assert fields["flags"] == "gpu_lost"
    assert fields["sm_clock_hz"] is None
