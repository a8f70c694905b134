"""fitment.harness.meters.identity: torch's devices and NVML's, matched by UUID."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from fitment.harness.meters import nvml
from fitment.harness.meters.identity import Identity, identify

from tests.harness.meters.fake_nvml import MIG_UUID, OTHER_MIG_UUID, OTHER_UUID, UUID, FakeNvml, memory

BARE = UUID.removeprefix("GPU-")
SPLIT: dict[str, Any] = {"nvmlDeviceGetMigMode": [1, 1]}


def split(*slices: str) -> FakeNvml:
    """A GPU that is split into these slices."""
    return FakeNvml(gpus={UUID: SPLIT, **{uuid: {} for uuid in slices}}, slices=dict.fromkeys(slices, UUID))


def test_F39_nvml_has_another_order() -> None:
    """The GPU that CUDA counts first is NVML's second: the UUID finds it, whatever is visible."""
    library = FakeNvml(
        gpus={
            OTHER_UUID: {"nvmlDeviceGetMemoryInfo": memory(1, 10)},
            UUID: {"nvmlDeviceGetMemoryInfo": memory(2, 20)},
        }
    )
    for visible in ("1", "0", OTHER_UUID, ""):
        assert identify(BARE, mig=False, library=library, visible=visible) == Identity(UUID)
    found = nvml.find(UUID, library)
    assert found is not None
    assert found.total_bytes() == 20


def test_F39_slice_under_its_own_uuid() -> None:
    """Where CUDA shows the slice's UUID, it is the slice of that UUID."""
    library = split(MIG_UUID, OTHER_MIG_UUID)
    assert identify(MIG_UUID.removeprefix("MIG-"), mig=True, library=library) == Identity(MIG_UUID)


@pytest.mark.parametrize("mig", [True, False])
@pytest.mark.parametrize(
    ("slices", "visible", "uuid"),
    [
        ((MIG_UUID,), "0", MIG_UUID),
        ((MIG_UUID, OTHER_MIG_UUID), OTHER_MIG_UUID, OTHER_MIG_UUID),
        ((MIG_UUID, OTHER_MIG_UUID), f"{MIG_UUID},MIG-of-another-gpu", MIG_UUID),
        ((MIG_UUID, OTHER_MIG_UUID), "0", None),
        ((MIG_UUID, OTHER_MIG_UUID), f"{MIG_UUID},{OTHER_MIG_UUID}", None),
        ((), "0", None),
    ],
)
def test_F39_slice_under_its_gpus_uuid(
    mig: bool, slices: tuple[str, ...], visible: str, uuid: str | None
) -> None:
    """It is the only slice there is, or the one that is named; else nobody, with the reason."""
    found = identify(BARE, mig=mig, library=split(*slices), visible=visible)
    assert found.uuid == uuid
    assert (found.reason is None) == (uuid is not None)


def test_F38_without_nvml(monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole GPU keeps its UUID, a slice can't be told, and a torch without UUIDs says so."""
    monkeypatch.setitem(sys.modules, "pynvml", None)
    assert identify(BARE, mig=False) == Identity(UUID)
    assert identify(BARE, mig=True).uuid is None
    assert identify(None, mig=False).reason == "this torch tells no UUID"
