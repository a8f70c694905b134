"""fitment.harness.sweeps.cleanliness: whether a device's memory is as it was before a cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fitment.harness.meters.nvml import Gpu, find
from fitment.harness.sweeps.cleanliness import (
    BACK_WITHIN_S,
    LOOK_S,
    TOLERANCE_BYTES,
    others_bytes,
    residue_bytes,
    settled_residue_bytes,
    unowned_bytes,
)

from tests.harness.meters.fake_nvml import UUID, FakeNvml, memory, process

GIB = 2**30


def gpu(used: int | None, *processes: tuple[int, int | None], total: int = 80 * GIB) -> Gpu:
    """A GPU with so much memory in use, some of it by these (pid, bytes)."""
    found = find(UUID, changing(lambda: used, *processes, total=total))
    assert found is not None
    return found


def changing(
    used: Callable[[], int | None], *processes: tuple[int, int | None], total: int = GIB
) -> FakeNvml:
    """A driver whose figure changes from one look to the next."""
    return FakeNvml(
        nvmlDeviceGetMemoryInfo=lambda *version: memory(used(), total)(*version),
        nvmlDeviceGetComputeRunningProcesses=[process(*each) for each in processes],
    )


def test_what_others_hold_is_no_residue() -> None:
    """Another's process that grew is not what the cell left behind."""
    assert unowned_bytes(gpu(3 * GIB)) == 3 * GIB
    assert unowned_bytes(gpu(3 * GIB, (7, 2 * GIB), (8, None))) == GIB
    assert residue_bytes(gpu(9 * GIB, (7, 8 * GIB)), GIB) == 0
    assert residue_bytes(gpu(9 * GIB), GIB) == 8 * GIB


@pytest.mark.parametrize("more", [0, TOLERANCE_BYTES, -GIB])
def test_about_as_before_is_clean(more: int) -> None:
    """A driver's own figure moves a little; less than before is clean, too."""
    assert residue_bytes(gpu(GIB + more), GIB) == 0


def test_what_is_not_known_is_not_held_against_a_device() -> None:
    """On a CPU, and where NVML has no figure."""
    assert residue_bytes(None, None) == residue_bytes(gpu(None), GIB) == residue_bytes(gpu(GIB), None) == 0
    assert others_bytes(None) == others_bytes(gpu(None)) == 0


def test_others_are_who_computes() -> None:
    """What is listed counts; where nothing is, all that is in use, beyond a desktop's share."""
    assert others_bytes(gpu(9 * GIB, (7, 2 * GIB), (8, GIB))) == 3 * GIB
    assert others_bytes(gpu(9 * GIB)) == 9 * GIB
    assert others_bytes(gpu(7 * GIB)) == 0


def test_a_device_has_its_time_to_come_back() -> None:
    """It is looked at until it is clean, BACK_WITHIN_S long at most, and never after a signal."""
    rests: list[float] = []
    falling = find(UUID, changing(lambda: (10 - len(rests)) * GIB, total=80 * GIB))
    assert settled_residue_bytes(falling, 4 * GIB, lambda seconds: not rests.append(seconds)) == 0
    assert rests == [LOOK_S] * 6
    rests.clear()
    assert settled_residue_bytes(gpu(2 * GIB), GIB, lambda seconds: not rests.append(seconds)) == GIB
    assert sum(rests) == pytest.approx(BACK_WITHIN_S)
    assert settled_residue_bytes(gpu(2 * GIB), GIB, lambda seconds: False) == GIB
