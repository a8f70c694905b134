"""fitment.harness.protocol.gpu_state: what held a GPU up, and whether it stayed sound."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from fitment.harness.errors import DeviceFaultError
from fitment.harness.protocol import gpu_state

from tests.harness.jobs import make_job
from tests.harness.meters.fake_nvml import MIG_UUID, UUID, FakeNvml, memory, process
from tests.harness.protocol.benches import Recorded

ECC = "nvmlDeviceGetTotalEccErrors"
ROWS = "nvmlDeviceGetRemappedRows"
COMPUTE = "nvmlDeviceGetComputeRunningProcesses"


@pytest.fixture(autouse=True)
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stretch in which the clocks are watched is short."""
    monkeypatch.setattr(gpu_state, "WATCHED_S", 0.01)
    monkeypatch.setattr(gpu_state, "INTERVAL_S", 0.002)


def state(before: dict[str, Any] | None = None, **after: Any) -> dict[str, Any]:
    """What is noted of a GPU that gave the answers ``before`` first, and gives ``after`` since."""
    library = FakeNvml(**(before or {}))
    recorded = Recorded(library)
    gpu = recorded.bench.gpu
    assert gpu is not None
    was = gpu_state.read(gpu)
    library.gpus[UUID] = after
    gpu_state.note(recorded.bench, gpu, was)
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


@pytest.mark.parametrize(
    ("now", "before", "others"),
    [
        (None, None, None),
        (None, {5}, None),
        ({10}, set(), 0),
        ({10, 5}, {5}, 1),
        ({10, 5, 6}, {5}, 2),
        # in a container: we are 10 in here and 4000 out there
        ({4000}, set(), 0),
        ({4000, 5}, {5}, 1),
        ({4000, 10}, {10}, 1),
        ({5}, {5}, 1),
        ({10, 5}, {10, 5}, 2),
        (set(), set(), 0),
        ({10}, None, 0),
    ],
)
def test_F40_F41_who_else_uses_the_gpu(
    now: set[int] | None, before: set[int] | None, others: int | None
) -> None:
    """Everybody but us, also where NVML knows us by a number of another namespace."""
    found = gpu_state.foreign_processes(
        None if now is None else frozenset(now), None if before is None else frozenset(before), 10
    )
    assert found == others


def test_F36_lost_gpu_ends_the_cell() -> None:
    """A GPU that went away during the passes is a fault of the device, and leaves None."""
    library = FakeNvml(nvmlDeviceGetClockInfo=1500)
    recorded = Recorded(library)
    library.lose()
    assert recorded.bench.gpu is not None
    with pytest.raises(DeviceFaultError, match="lost the GPU") as raised:
        gpu_state.note(recorded.bench, recorded.bench.gpu, None)
    assert raised.value.status == "device_fault"
    fields = recorded.fields()
    assert fields["flags"] == "gpu_lost"
    assert fields["sm_clock_hz"] is None


@pytest.mark.parametrize(
    ("before", "after", "errors"),
    [({ECC: 2}, {ECC: 2}, 0), ({ECC: 7}, {ECC: 0}, None), ({}, {ECC: 3}, None), ({ECC: 3}, {}, None)],
)
def test_memory_errors_of_the_cell_alone(
    before: dict[str, Any], after: dict[str, Any], errors: int | None
) -> None:
    """Errors from before the cell are not its own; a count that is missing or was reset gives no figure."""
    assert state(before, **after)["ecc_errors"] == errors


def test_F37_uncorrected_memory_error_ends_the_cell() -> None:
    """An error that ECC could not correct makes what was measured worthless."""
    with pytest.raises(DeviceFaultError, match=r"1 uncorrected errors \(ECC\)"):
        state({ECC: 2}, **{ECC: 3})


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ((0, 0, 0, 0), (0, 1, 1, 0), True),
        ((0, 0, 0, 0), (0, 1, 0, 1), True),
        ((0, 1, 1, 0), (0, 1, 1, 0), False),
        ((0, 0, 0, 0), (3, 0, 0, 0), False),
        (None, (0, 1, 1, 0), False),
    ],
)
def test_F37_row_of_memory_that_breaks_in_the_cell(
    before: tuple[int, ...] | None, after: tuple[int, ...], fault: bool
) -> None:
    """A remapping that is due since the cell began ends it; one that was due before does not."""
    was = {} if before is None else {ROWS: before}
    if fault:
        with pytest.raises(DeviceFaultError, match="remapped"):
            state(was, **{ROWS: after})
    else:
        assert state(was, **{ROWS: after})["flags"] == ""


def test_state_before_the_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """The job's own GPU is found by UUID, without CUDA, and read."""
    library = FakeNvml(
        **{
            COMPUTE: [process(3, None)],
            ECC: 1,
            ROWS: (0, 0, 0, 0),
            "nvmlDeviceGetMemoryInfo": memory(70, 100),
        }
    )
    monkeypatch.setitem(sys.modules, "pynvml", library)
    job = replace(make_job(device="cuda:1"), device_uuid=UUID)
    assert gpu_state.read(gpu_state.find(job)) == gpu_state.GpuState(70, frozenset({3}), 1, False)
    assert gpu_state.find(replace(job, device_uuid=MIG_UUID)) is None
    assert gpu_state.find(replace(job, device_uuid=None)) is None
    assert gpu_state.find(replace(make_job(), device_uuid=UUID)) is None
    assert gpu_state.read(None) is None


def test_F39_slice_that_is_not_known_by_its_own_uuid(monkeypatch: pytest.MonkeyPatch) -> None:
    """A MIG slice under its GPU's UUID is nobody: the GPU's figures would be its neighbours' too."""
    library = FakeNvml()
    monkeypatch.setitem(sys.modules, "pynvml", library)
    assert gpu_state.find(replace(make_job(device="cuda:0"), device_uuid=UUID, mig_profile="1g.5gb")) is None
