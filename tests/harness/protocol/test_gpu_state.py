"""fitment.harness.protocol.gpu_state: whether a GPU stayed sound during a cell, and who else uses it."""

from __future__ import annotations

import sys
from dataclasses import replace
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


def state(before: dict[str, Any] | None = None, **after: Any) -> dict[str, Any]:
    """What is noted of a GPU that gave the answers ``before`` first, and gives ``after`` since."""
    library = FakeNvml(**(before or {}))
    recorded = Recorded(library)
    gpu = recorded.bench.gpu
    assert gpu is not None
    was = gpu_state.read(gpu)
    library.gpus[UUID] = after
    gpu_state.check(recorded.bench.draft, gpu, was)
    return recorded.fields()


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
