"""Clears a device's last-level cache, so that a step finds its weights and inputs in memory alone."""

from __future__ import annotations

import os
from pathlib import Path

import torch
from torch import Tensor

from .. import names
from ..errors import UnsupportedError

CPUS = Path("/sys/devices/system/cpu")
UNITS = {"K": 2**10, "M": 2**20, "G": 2**30}


class CacheFlusher:
    """Writes zeros over a buffer of the cache's size at each call; the buffer is held until ``release``."""

    def __init__(self, device: str, size_bytes: int) -> None:
        self._device = device
        self._size_bytes = size_bytes
        self._buffer: Tensor | None = None

    def __call__(self) -> None:
        """Clears the cache. On a GPU the work is enqueued, to be waited for."""
        if self._buffer is None:
            self._buffer = torch.empty(self._size_bytes, dtype=torch.uint8, device=self._device)
        self._buffer.zero_()  # torch's own loop: libc's memset may write past the cache at this size

    def release(self) -> None:
        """Gives the buffer back: it is no part of the model's memory."""
        self._buffer = None
        names.load("devices", self._device.partition(":")[0]).empty_cache(self._device)


def flusher(cache_state: str, device: str) -> CacheFlusher | None:
    """What clears the device's cache where the state is "flushed"; None where it is left "warm".

    Raises UnsupportedError where the size of the cache is not known.
    """
    if cache_state == "warm":
        return None
    size = cuda_cache_bytes(device) if device.startswith("cuda") else cpu_cache_bytes()
    if not size:
        raise UnsupportedError(
            "device", f'the size of the last-level cache of {device} is not known: use cache_state "warm"'
        )
    return CacheFlusher(device, size)


def cuda_cache_bytes(device: str) -> int:
    """The size of a GPU's L2."""
    return int(torch.cuda.get_device_properties(device).L2_cache_size)


def cpu_cache_bytes(cpus: Path = CPUS) -> int | None:
    """The size of the largest level of cache, all copies of it that this process may use; None if unknown.

    A processor of several dies has one copy on each, and CPUs that share one name each other.
    """
    found: dict[str, int] = {}
    for cpu in os.sched_getaffinity(0):
        levels = [_level(index) for index in (cpus / f"cpu{cpu}" / "cache").glob("index*")]
        if levels:
            _, size, shared_by = max(levels)
            found[shared_by] = size
    return sum(found.values()) or None


def _level(index: Path) -> tuple[int, int, str]:
    """A cache's level, its size in bytes and the CPUs that share it; zeros where the kernel doesn't say."""
    level, size, shared_by = (_text(index / name) for name in ("level", "size", "shared_cpu_list"))
    whole = int(size[:-1]) * UNITS[size[-1]] if size[-1:] in UNITS else int(size or 0)
    return int(level or 0), whole, shared_by or index.parent.parent.name


def _text(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""
