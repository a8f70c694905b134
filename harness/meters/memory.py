"""The memory pass on the host: the kernel's own high-water mark of this process.

Polling the resident set misses short peaks; the mark does not (measurement.md §2.5).
"""

from __future__ import annotations

import re
import resource
from collections.abc import Callable
from pathlib import Path

STEPS = 2  # the second one finds the allocator's caches as the first one left them

_RESET_HIGH_WATER_MARK = "5"


def peak_rss(step: Callable[[], object], proc: Path = Path("/proc/self")) -> tuple[int, str]:
    """The most bytes resident while ``step`` ran, and where that is from: "vmhwm" or "ru_maxrss".

    Where the mark can't be reset, it is the peak since the process started.
    """
    reset = _reset(proc)
    for _ in range(STEPS):
        step()
    mark = _high_water_mark(proc) if reset else None
    if mark is not None:
        return mark, "vmhwm"
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, "ru_maxrss"


def _reset(proc: Path) -> bool:
    try:
        (proc / "clear_refs").write_text(_RESET_HIGH_WATER_MARK)
    except OSError:
        return False
    return True


def _high_water_mark(proc: Path) -> int | None:
    found = re.search(r"^VmHWM:\s+(\d+) kB$", (proc / "status").read_text(), re.MULTILINE)
    return int(found[1]) * 1024 if found else None
