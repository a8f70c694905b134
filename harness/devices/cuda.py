"""The NVIDIA GPUs that torch can see; none, without an error, where there is none."""

from __future__ import annotations

import math
import re
import sys

from ..meters.identity import Identity, identify
from .found import FoundDevice

GIB = 2**30


def find() -> tuple[FoundDevice, ...]:
    """Each visible GPU, in torch's order. ``CUDA_VISIBLE_DEVICES`` decides what is visible.

    None where torch was built without CUDA, or where the driver answers but doesn't start. A GPU that doesn't
    is left out, and why is on stderr: the others and the CPU can be measured all the same.
    """
    import torch

    if not torch.cuda.is_available():
        return ()
    found = (_found_or_told(f"cuda:{index}") for index in range(torch.cuda.device_count()))
    return tuple(device for device in found if device is not None)


def identity(device: str) -> Identity:
    """Which of NVML's devices this is; makes no CUDA context."""
    import torch

    facts = torch.cuda.get_device_properties(device)
    uuid = getattr(facts, "uuid", None)  # builds before torch 2.4 have none
    return identify(str(uuid) if uuid else None, mig=split_mig(facts.name)[1] is not None)


def synchronise(device: str) -> None:
    """Returns when all work that was enqueued on the device is done."""
    import torch

    torch.cuda.synchronize(device)


def empty_cache(device: str) -> None:
    """Gives memory that torch's allocator keeps, but nothing uses, back to the device."""
    import torch

    torch.cuda.synchronize(device)
    torch.cuda.empty_cache()


def free_memory_bytes(device: str) -> int | None:
    """What the driver could still give out, to any process."""
    import torch

    return int(torch.cuda.mem_get_info(device)[0])


def hardware_class(name: str, memory_bytes: int) -> str:
    """``"NVIDIA GeForce RTX 4090, 24 GiB"``: memory in whole GiB, rounded up, and a MIG profile if any."""
    whole, profile = split_mig(name)
    size = f"{whole}, {math.ceil(memory_bytes / GIB)} GiB"
    return f"{size}, MIG {profile}" if profile else size


def split_mig(name: str) -> tuple[str, str | None]:
    """The GPU's name and its MIG profile: torch reports ``"NVIDIA A100-SXM4-40GB MIG 1g.5gb"``."""
    found = re.fullmatch(r"(.+?) MIG (\S+)", name)
    return (found[1], found[2]) if found else (name, None)


def _found_or_told(name: str) -> FoundDevice | None:
    """The GPU; None where its driver fails, or where torch counted more than CUDA has (with MIG it may)."""
    import torch

    try:
        found = _found(name)
        torch.cuda.synchronize(name)  # one that is broken, or another's alone, fails here and not later
        return found
    except (
        RuntimeError,
        AssertionError,
        torch.cuda.DeferredCudaCallError,
    ) as error:  # torch raises all three
        sys.stderr.write(f"{name} can't be used: {str(error).splitlines()[0]}\n")
        return None


def _found(name: str) -> FoundDevice:
    import torch

    facts = torch.cuda.get_device_properties(name)
    hardware = hardware_class(facts.name, facts.total_memory)
    profile = split_mig(facts.name)[1]
    return FoundDevice(name, "cuda", hardware, facts.total_memory, identity(name).uuid, profile)
