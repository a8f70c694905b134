"""Who else wanted this processor while we measured: steal time, lost time slices, queues, a spent quota."""

from __future__ import annotations

import os
import re
import resource
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from . import cgroups
from .cgroups import CGROUPS, PROC

# A share of all CPUs' time. The stop rule is content with a median known to 1 %: what a hypervisor takes
# beyond that is more than the headline claims to know.
STEAL_SHARE = 0.01
# A share of the time. p95, the standard profile's highest percentile, is made by the slowest 5 % of the
# steps: tasks that queue for longer than that can be all there is of it.
PRESSURE_SHARE = 0.05
# Per second and thread of ours. Two busy tasks on one CPU take turns at least at every tick of the slowest
# kernel (100 Hz), which preempts ours 50 times a second; a CPU of our own does so a few times.
SWITCHES_PER_THREAD_S = 10.0

Number = TypeVar("Number", int, float)


@dataclass(frozen=True, slots=True)
class Contention:
    """Counters at one moment, or what they grew by; None where the system doesn't count."""

    at_s: float
    steal_s: float | None
    involuntary_switches: int
    throttled_periods: int | None
    cpu_pressure_s: float | None = None

    def since(self, before: Contention) -> Contention:
        """What was added since ``before``."""
        return Contention(
            self.at_s - before.at_s,
            _difference(self.steal_s, before.steal_s),
            self.involuntary_switches - before.involuntary_switches,
            _difference(self.throttled_periods, before.throttled_periods),
            _difference(self.cpu_pressure_s, before.cpu_pressure_s),
        )

    def fields(self) -> dict[str, float | int | None]:
        """The contention columns of a Measurement."""
        return {
            "steal_s": self.steal_s,
            "involuntary_switches": self.involuntary_switches,
            "throttled_periods": self.throttled_periods,
            "cpu_pressure_s": self.cpu_pressure_s,
        }

    def flags(self, cpus: int, threads: int = 1) -> tuple[str, ...]:
        """ "contended" where others took more of the processor than the thresholds above allow,
        "throttled" where a CPU quota ran out: it stops every thread for the rest of its period, 0.1 s.

        ``cpus``: of the machine; ``threads``: that compute in this process.
        """
        shares = (
            (self.steal_s, STEAL_SHARE * cpus),
            (self.cpu_pressure_s, PRESSURE_SHARE),
            (self.involuntary_switches, SWITCHES_PER_THREAD_S * threads),
        )
        found = []
        if any(spent is not None and spent > allowed * self.at_s for spent, allowed in shares):
            found.append("contended")
        if self.throttled_periods:
            found.append("throttled")
        return tuple(found)


def read(proc: Path = PROC, groups: Path = CGROUPS) -> Contention:
    """The counters now."""
    cpu = cgroups.folders("cpu", proc, groups)
    return Contention(
        at_s=time.monotonic(),
        steal_s=_steal_s(proc),
        involuntary_switches=resource.getrusage(resource.RUSAGE_SELF).ru_nivcsw,
        throttled_periods=_throttled_periods(cpu),
        cpu_pressure_s=_cpu_pressure_s(proc, cpu),
    )


def _steal_s(proc: Path) -> float | None:
    """Seconds that the hypervisor gave to others, over all CPUs."""
    columns = cgroups.text(proc / "stat").partition("\n")[0].split()
    return int(columns[8]) / os.sysconf("SC_CLK_TCK") if len(columns) > 8 else None


def _throttled_periods(cpu: cgroups.Folders) -> int | None:
    """Periods in which a CPU quota of our control group or of a parent ran out; versions 2 and 1."""
    for folders in (cpu.v2, cpu.v1):
        stats = (cgroups.text(folder / "cpu.stat") for folder in folders)
        counts = [int(n) for stat in stats for n in re.findall(r"^nr_throttled (\d+)$", stat, re.MULTILINE)]
        if counts:
            return sum(counts)
    return None


def _cpu_pressure_s(proc: Path, cpu: cgroups.Folders) -> float | None:
    """Seconds in which some task waited for a CPU: of our control group, else of the machine."""
    for path in (*(folder / "cpu.pressure" for folder in cpu.v2), proc / "pressure/cpu"):
        total = re.search(r"^some .*\btotal=(\d+)", cgroups.text(path), re.MULTILINE)
        if total:
            return int(total[1]) / 1e6
    return None


def _difference(now: Number | None, before: Number | None) -> Number | None:
    return None if now is None or before is None else now - before
