"""Which of NVML's devices a device of torch's is: by UUID, or not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from . import nvml

_VISIBLE = "CUDA_VISIBLE_DEVICES"


@dataclass(frozen=True, slots=True)
class Identity:
    """``uuid`` as NVML writes it, ``GPU-…`` or ``MIG-…``; where it can't be told for sure None, and why."""

    uuid: str | None
    reason: str | None = None


def identify(
    torch_uuid: str | None, *, mig: bool, library: Any = None, visible: str | None = None
) -> Identity:
    """Who the device is that torch reports under this UUID; ``mig``: as a slice.

    An index says nothing: NVML counts in the order of the bus, CUDA the fastest first, and either over
    another set of devices. Of a slice CUDA has two UUIDs, its own (cuDeviceGetUuid_v2) and its GPU's
    (cuDeviceGetUuid), and which one torch shows depends on its CUDA.
    ``visible``: the value of CUDA_VISIBLE_DEVICES, else this process's.
    """
    library = library or nvml.load()
    if not torch_uuid:
        return Identity(None, "this torch tells no UUID")
    whole = nvml.whole_or_slice(nvml.with_prefix(torch_uuid), library)
    if not mig and not (whole and whole.mig_mode()):
        return Identity(nvml.with_prefix(torch_uuid))
    if library is None:
        return Identity(None, "without NVML a MIG slice can't be told from its neighbours")
    if nvml.whole_or_slice(f"MIG-{torch_uuid}", library):
        return Identity(f"MIG-{torch_uuid}")
    return _only(nvml.slice_uuids(whole) if whole else (), visible or os.environ.get(_VISIBLE, ""))


def _only(slices: tuple[str, ...], visible: str) -> Identity:
    """The one slice of this GPU that the process may see, or that there is."""
    named = [uuid for uuid in slices if uuid in visible.split(",")]
    if len(named) == 1:
        return Identity(named[0])
    if len(slices) == 1:
        return Identity(slices[0])
    return Identity(None, f"one of {len(slices)} MIG slices; name it: {_VISIBLE}=MIG-…")
