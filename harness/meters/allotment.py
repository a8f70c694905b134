"""The processors that this process is given: they may change under a measurement."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import cgroups
from .cgroups import CGROUPS, PROC

# With one of these set, OpenMP's library narrows the main thread to its own place, once, as it is loaded or
# first used: that is the cell's own doing, and no change of the machine.
BINDERS = ("OMP_PROC_BIND", "GOMP_CPU_AFFINITY", "KMP_AFFINITY")

_ONLINE = Path("/sys/devices/system/cpu/online")


@dataclass(frozen=True, slots=True)
class Allotment:
    """What is given now; None or "" where the system doesn't tell, which is never taken for a change."""

    mask: frozenset[int] | None  # the CPUs that the main thread may run on
    quota: str  # CPU time per period of our control group and its parents
    cpus: str  # those online, and those of our control group

    def differs(self, before: Allotment) -> bool:
        """Whether anything that is known of both has changed."""
        pairs = ((self.mask, before.mask), (self.quota, before.quota), (self.cpus, before.cpus))
        return any(now and then and now != then for now, then in pairs)

    def narrowed(self, before: Allotment) -> bool:
        """Whether the mask alone has changed, and has gained no CPU."""
        same = Allotment(before.mask, self.quota, self.cpus)
        return bool(self.mask and before.mask and self.mask <= before.mask and not same.differs(before))


def read(proc: Path = PROC, groups: Path = CGROUPS, online: Path = _ONLINE) -> Allotment:
    """What is given to this process now."""
    cpu, cpuset = (cgroups.folders(controller, proc, groups) for controller in ("cpu", "cpuset"))
    quota = [f / "cpu.max" for f in cpu.v2]
    quota += [f / name for f in cpu.v1 for name in ("cpu.cfs_quota_us", "cpu.cfs_period_us")]
    cpus = [online, *(f / "cpuset.cpus.effective" for f in cpuset.v2)]
    cpus += [f / "cpuset.effective_cpus" for f in cpuset.v1]
    return Allotment(_mask(), _joined(quota), _joined(cpus))


def is_bound(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether OpenMP was asked to bind the process's threads."""
    return any(environ.get(name, "").lower() not in ("", "false", "none", "disabled") for name in BINDERS)


def _mask() -> frozenset[int] | None:
    try:
        return frozenset(os.sched_getaffinity(0))
    except (AttributeError, OSError):  # no such call in the system, or a sandbox that forbids it
        return None


def _joined(paths: list[Path]) -> str:
    return " ".join(filter(None, (cgroups.text(path).strip() for path in paths)))
