"""The one way to NVML: its library opened, and the GPU or MIG slice of a UUID found in it."""

from __future__ import annotations

import importlib
from typing import Any

from .gpu import Gpu as Gpu  # handed on: whoever asks for a reading comes in here
from .nvml_door import Door, errors, text


def load() -> Any:
    """The initialised pynvml, or None where it or the driver is missing, or the two don't match."""
    return _opened()[0]


def problem() -> str | None:
    """Why NVML can't be used here, in one line; None where it can."""
    return _opened()[1]


def find(uuid: str | None, library: Any = None) -> Gpu | None:
    """The GPU or MIG slice with this UUID, never by index: NVML's order is not CUDA's.

    None where it can't be found, and for a whole GPU that is split into MIG slices: CUDA runs on one of its
    slices, so its figures would be somebody else's too.
    """
    gpu = whole_or_slice(uuid, library)
    return None if gpu is not None and not gpu.is_slice and gpu.mig_mode() else gpu


def whole_or_slice(uuid: str | None, library: Any = None) -> Gpu | None:
    """As ``find``, but with GPUs that are split."""
    library = library or load()
    if library is None or not uuid:
        return None
    try:
        door = Door(library, library.nvmlDeviceGetHandleByUUID(with_prefix(uuid)))
    except errors(library):
        return None
    return _slice(door) if uuid.startswith("MIG-") or _is_slice(door) else Gpu(door, door, is_slice=False)


def slice_uuids(gpu: Gpu) -> tuple[str, ...]:
    """The UUIDs of the MIG slices of a whole GPU, as NVML writes them."""
    door = gpu.door
    count = door.read("nvmlDeviceGetMaxMigDeviceCount") or 0
    handles = (door.read("nvmlDeviceGetMigDeviceHandleByIndex", index) for index in range(count))
    uuids = (door.ask("nvmlDeviceGetUUID", handle) for handle in handles if handle is not None)
    return tuple(found for uuid in uuids if (found := text(uuid)))


def driver(library: Any = None) -> str | None:
    """The driver's version, whichever its devices are; None where NVML can't be used."""
    library = library or load()
    return None if library is None else text(Door(library, None).ask("nvmlSystemGetDriverVersion"))


def with_prefix(uuid: str) -> str:
    """The UUID as NVML writes it; torch leaves the ``GPU-`` out."""
    return uuid if uuid.startswith(("GPU-", "MIG-")) else f"GPU-{uuid}"


def _opened() -> tuple[Any, str | None]:
    try:
        library = importlib.import_module("pynvml")
    except ImportError:
        return None, "nvidia-ml-py is not installed"
    try:
        library.nvmlInit()
    except errors(library) as error:
        return None, str(error)
    return library, None


def _is_slice(door: Door) -> bool:
    answer = door.read("nvmlDeviceIsMigDeviceHandle")  # a c_uint, not its value
    return bool(getattr(answer, "value", answer))


def _slice(door: Door) -> Gpu | None:
    parent = door.read("nvmlDeviceGetDeviceHandleFromMigDeviceHandle")
    return None if parent is None else Gpu(door, door.to(parent), is_slice=True)
