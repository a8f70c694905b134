"""The triad a = b + s · c over buffers that no cache can hold: what memory gives.

Source: STREAM (McCalpin 1995), which counts three arrays and asks for each to be four times the last-level
cache; what a processor reads in order to write is not counted.
"""

from __future__ import annotations

from collections.abc import Callable

import torch

from .. import names
from ..meters import cache

TIMES_THE_CACHE = 4
LEAST_BYTES = 256 * 2**20
MOST_OF_FREE = 1 / 8  # for each of the three buffers
ARRAYS = 3


def triad(dtype: torch.dtype, buffer_bytes: int, device: str) -> Callable[[], object]:
    """A function that moves 3 · ``buffer_bytes``. Raises RuntimeError where torch can't add in ``dtype``."""
    length = buffer_bytes // dtype.itemsize
    a, b, c = (torch.ones(length, dtype=dtype, device=device) for _ in range(ARRAYS))
    return lambda: torch.add(b, c, alpha=3, out=a)


def buffer_bytes(device: str) -> tuple[int, str | None]:
    """The bytes of each buffer; and, where memory allows less than four times the cache, that it does."""
    kind = names.load("devices", device.partition(":")[0])
    wanted = max(LEAST_BYTES, TIMES_THE_CACHE * last_level_cache_bytes(device))
    free = kind.free_memory_bytes(device)
    possible = wanted if free is None else int(free * MOST_OF_FREE)
    if possible >= wanted:
        return wanted, None
    return possible // 4096 * 4096, "too little memory is free for buffers of four times the cache"


def last_level_cache_bytes(device: str) -> int:
    """The caches between the device and its memory, all copies of the last level; 0 where unknown."""
    return (cache.cpu_cache_bytes() or 0) if device == "cpu" else cache.cuda_cache_bytes(device)
