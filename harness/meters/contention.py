"""Who else wanted this processor while we measured: steal time, lost time slices, a spent CPU quota."""

from __future__ import annotations

import os
import re
import resource
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

STEAL_SHARE = 0.01  # of all CPUs' time; beyond it a measurement is flagged

# Our group's line in /proc/self/cgroup and its folder, in version 2 and in version 1.
_CPU_GROUPS = ((r"^0::(/.*)$", ""), (r"^\d+:(?:[^:]*,)?cpu(?:,[^:]*)?:(/.*)$", "cpu"))

Number = TypeVar("Number", int, float)


@dataclass(frozen=True, slots=True)
class Contention:
    """Counters at one moment, or what they grew by; None where the system doesn't count."""

    at_s: float
    steal_s: float | None
    involuntary_switches: int
    throttled_periods: int | None

    def since(self, before: Contention) -> Contention:
        """What was added since ``before``."""
        return Contention(
            self.at_s - before.at_s,
            _difference(self.steal_s, before.steal_s),
            self.involuntary_switches - before.involuntary_switches,
            _difference(self.throttled_periods, before.throttled_periods),
        )

    def fields(self) -> dict[str, float | int | None]:
        """The contention columns of a Measurement."""
        return {
            "steal_s": self.steal_s,
            "involuntary_switches": self.involuntary_switches,
            "throttled_periods": self.throttled_periods,
        }

    def flags(self, cpus: int) -> tuple[str, ...]:
        """ "contended" where a hypervisor gave more than 1 % of the CPUs away, "throttled" by a CPU quota."""
        found = []
        if self.steal_s is not None and self.steal_s > STEAL_SHARE * self.at_s * cpus:
            found.append("contended")
        if self.throttled_periods:
            found.append("throttled")
        return tuple(found)


def read(proc: Path = Path("/proc"), cgroups: Path = Path("/sys/fs/cgroup")) -> Contention:
    """The counters now."""
    return Contention(
        at_s=time.monotonic(),
        steal_s=_steal_s(proc),
        involuntary_switches=resource.getrusage(resource.RUSAGE_SELF).ru_nivcsw,
        throttled_periods=_throttled_periods(proc, cgroups),
    )


def _steal_s(proc: Path) -> float | None:
    """Seconds that the hypervisor gave to others, over all CPUs."""
    columns = _text(proc / "stat").partition("\n")[0].split()
    return int(columns[8]) / os.sysconf("SC_CLK_TCK") if len(columns) > 8 else None


def _throttled_periods(proc: Path, cgroups: Path) -> int | None:
    """Periods in which our control group's CPU quota ran out; versions 2 and 1."""
    membership = _text(proc / "self/cgroup")
    for pattern, root in _CPU_GROUPS:
        found = re.search(pattern, membership, re.MULTILINE)
        stat = _text(cgroups / root / found[1].lstrip("/") / "cpu.stat") if found else ""
        count = re.search(r"^nr_throttled (\d+)$", stat, re.MULTILINE)
        if count:
            return int(count[1])
    return None


def _difference(now: Number | None, before: Number | None) -> Number | None:
    return None if now is None or before is None else now - before


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
