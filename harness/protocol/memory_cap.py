"""A limit on this process's own allocations: the one too many is an error in here, with a reason to tell.

Without it the kernel grants more than there is, and its OOM killer ends some process once the pages are
touched, not necessarily this one. RLIMIT_DATA counts private writable memory, which is what tensors are made
of, but no reserved address space and no mapped files [getrlimit(2)].
"""

from __future__ import annotations

import re
import resource
from dataclasses import dataclass
from pathlib import Path

from ..meters import host_memory

# Left to others: page tables for what is added take 0.2 %, and what is available is the kernel's estimate.
SPARED_SHARE = 0.02
# How near to the limit an error counts as the limit's: oneDNN and MKL don't say what they lacked.
NEAR_SHARE = 1 / 16
NEAR_BYTES = 64 * 2**20
STACK_BYTES = 8 * 2**20  # of a thread, where the system sets no limit; counted whole, hardly touched


def cap(threads: int, available: int | None = None) -> int | None:
    """The bytes that the process may still add; None where the system can't tell, and nothing is limited.

    ``threads``: yet to be started, each with a stack. ``available``: bytes, the machine's own figure where
    not given. A lower limit that is already there stands. What this process starts later inherits the limit,
    each with a count of its own.
    """
    free = host_memory.available_bytes() if available is None else available
    held = data_bytes()
    if free is None or held is None:
        return None
    may_add = int(free * (1 - SPARED_SHARE))
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limits = [held + may_add + threads * _stack_bytes(), *(n for n in (soft, hard) if n >= 0)]
    resource.setrlimit(resource.RLIMIT_DATA, (min(limits), hard))
    return may_add


@dataclass(frozen=True, slots=True)
class Spent:
    """Bytes: what the process was limited to (None: to nothing), what it held, the most that was resident."""

    limit: int | None
    held: int | None
    peak_resident: int

    @property
    def nearly_all(self) -> bool:
        """Whether what fails for no reason that it tells may well have failed for want of memory."""
        if self.limit is None or self.held is None:
            return False
        return self.limit - self.held < max(NEAR_BYTES, NEAR_SHARE * self.limit)

    def __str__(self) -> str:
        """The figures in words."""
        if self.limit is None:
            return f"peak resident {self.peak_resident:,} bytes"
        return (
            f"limited to {self.limit:,} bytes of data by what was available, {self.held or 0:,} held,"
            f" peak resident {self.peak_resident:,}"
        )


def lift() -> Spent:
    """What had been spent; from here on nothing is limited, so that there is memory to report with."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Spent(soft if soft >= 0 else None, data_bytes(), peak)


def data_bytes(proc: Path = Path("/proc/self")) -> int | None:
    """What RLIMIT_DATA has counted so far; None where the kernel doesn't say."""
    found = re.search(r"^VmData:\s+(\d+) kB$", (proc / "status").read_text(), re.MULTILINE)
    return int(found[1]) * 1024 if found else None


def _stack_bytes() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_STACK)
    return soft if 0 < soft < 2**30 else STACK_BYTES
