"""The kernel's own high-water mark of this process's memory.

Polling the resident set misses short peaks; the mark does not (measurement.md §2.5).
"""

from __future__ import annotations

import re
import resource
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc/self")
_RESET_HIGH_WATER_MARK = "5"


@dataclass(frozen=True, slots=True)
class PeakRss:
    """The most bytes that were resident, and where that is from: "vmhwm" or "ru_maxrss"."""

    bytes: int
    source: str


def reset(proc: Path = _PROC) -> bool:
    """Whether the mark now stands at what is resident; a kernel or a container may not let us."""
    try:
        (proc / "clear_refs").write_text(_RESET_HIGH_WATER_MARK)
    except OSError:
        return False
    return True


def resident_bytes(proc: Path = _PROC) -> int | None:
    """What is resident now; None where the kernel doesn't say."""
    found = re.search(r"^VmRSS:\s+(\d+) kB$", (proc / "status").read_text(), re.MULTILINE)
    return int(found[1]) * 1024 if found else None


def peak_rss(*, was_reset: bool, proc: Path = _PROC) -> PeakRss:
    """The peak since ``reset``; where that failed, the peak since the process started, marked as such."""
    found = re.search(r"^VmHWM:\s+(\d+) kB$", (proc / "status").read_text(), re.MULTILINE)
    if was_reset and found:
        return PeakRss(int(found[1]) * 1024, "vmhwm")
    return PeakRss(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, "ru_maxrss")
