"""The high-water marks of torch's caching allocator on a GPU."""

from __future__ import annotations

import torch


def reset(device: str) -> None:
    """Sets the marks to what is held now."""
    torch.cuda.synchronize(device)
    torch.cuda.reset_peak_memory_stats(device)


def peaks(device: str) -> dict[str, int]:
    """The most bytes that tensors held, and that the allocator held from the driver, since ``reset``."""
    torch.cuda.synchronize(device)
    return {
        "peak_allocated_bytes": torch.cuda.max_memory_allocated(device),
        "peak_reserved_bytes": torch.cuda.max_memory_reserved(device),
    }
