"""The host memory that this process can still have before the kernel ends some process for it."""

from __future__ import annotations

import re
from pathlib import Path

from . import cgroups
from .cgroups import CGROUPS, PROC

# Per version of control groups: the files of limit and usage, and what of the usage the kernel takes back
# before it kills: cached files.
_V2 = ("memory.max", "memory.current", "inactive_file")
_V1 = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")


def available_bytes(proc: Path = PROC, groups: Path = CGROUPS) -> int | None:
    """What the machine and every limit of our control groups leave; None where nothing is said."""
    memory = cgroups.folders("memory", proc, groups)
    left = [_left(folder, *_V2) for folder in memory.v2] + [_left(folder, *_V1) for folder in memory.v1]
    return min((figure for figure in (_machines(proc), *left) if figure is not None), default=None)


def _machines(proc: Path) -> int | None:
    found = re.search(r"^MemAvailable:\s+(\d+) kB", cgroups.text(proc / "meminfo"), re.MULTILINE)
    return int(found[1]) * 1024 if found else None


def _left(folder: Path, limit: str, usage: str, cached: str) -> int | None:
    most, used = (cgroups.text(folder / name).strip() for name in (limit, usage))
    if not (most.isdigit() and used.isdigit()):  # "max", or a root group without the file
        return None
    cache = re.search(rf"^{cached} (\d+)$", cgroups.text(folder / "memory.stat"), re.MULTILINE)
    return max(0, int(most) - int(used) + (int(cache[1]) if cache else 0))
