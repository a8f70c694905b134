"""The one way to torch's CUDA: what a call allocates and launches there, and a clock that waits for it.

Never imports torch: a process that has not imported it has no work on a GPU that could be counted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from typing import Any

PEAK, ALLOCATIONS, LAUNCHES = "cuda_peak_bytes", "cuda_allocations", "cuda_kernel_launches"

Call = Callable[[], object]
Timer = Callable[[], float]


def cuda() -> Any:
    """``torch.cuda`` where this process has begun to use it, else None."""
    found = getattr(sys.modules.get("torch"), "cuda", None)
    return found if found is not None and found.is_initialized() else None


def memory_of(call: Call) -> dict[str, float]:
    """Bytes by which the allocator's peak exceeds what was there before, and allocations made.

    ``call`` is called once, whether or not there is a GPU; nothing is counted without one. Source:
    torch.cuda.memory_stats, of the current device.
    """
    before = cuda()
    if before is None:
        call()
        return {}
    before.synchronize()
    before.reset_peak_memory_stats()
    held, made = before.memory_allocated(), _allocations(before)
    call()
    before.synchronize()
    return {
        PEAK: float(before.max_memory_allocated() - held),
        ALLOCATIONS: float(_allocations(before) - made),
    }


def launches_of(call: Call) -> dict[str, float]:
    """The kernels that one call starts; empty without CUDA, where ``call`` is not called.

    Source: torch.profiler's events of the device, copies and fills left out.
    """
    found = cuda()
    if found is None:
        return {}
    profiler = sys.modules["torch"].profiler
    with profiler.profile(activities=[profiler.ProfilerActivity.CUDA]) as profile:
        call()
        found.synchronize()
    return {LAUNCHES: float(sum(_is_kernel(event) for event in profile.events()))}


def device_uuid() -> str | None:
    """Of the current GPU; None without CUDA."""
    found = cuda()
    return None if found is None else str(found.get_device_properties(found.current_device()).uuid)


@cache
def synchronised(timer: Timer) -> Timer:
    """``timer``, read once the GPU has done what it was given; the same one for the same ``timer``."""

    def read() -> float:
        if (found := cuda()) is not None:
            found.synchronize()
        return timer()

    return read


def _allocations(found: Any) -> int:
    return int(found.memory_stats().get("allocation.all.allocated", 0))


def _is_kernel(event: Any) -> bool:
    on_device = getattr(event.device_type, "name", "") == "CUDA"
    return on_device and not event.name.startswith(("Memcpy", "Memset")) and not event.is_user_annotation
