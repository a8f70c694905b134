"""The memory pass on a GPU: the high-water marks of torch's caching allocator."""

from __future__ import annotations

from collections.abc import Callable

import torch

from .memory import STEPS


def peak_allocated(step: Callable[[], object], device: str) -> dict[str, int]:
    """The most bytes that tensors held, and that the allocator held from the driver, while steps ran."""
    torch.cuda.synchronize(device)
    torch.cuda.reset_peak_memory_stats(device)
    for _ in range(STEPS):
        step()
    torch.cuda.synchronize(device)
    return {
        "peak_allocated_bytes": torch.cuda.max_memory_allocated(device),
        "peak_reserved_bytes": torch.cuda.max_memory_reserved(device),
    }
