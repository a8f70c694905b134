"""Whether somebody else wanted this machine while the gate measured, as lines for its report."""

from __future__ import annotations

import os

from ..meters import contention
from ..meters.contention import PRESSURE_SHARE, STEAL_SHARE, Contention


class Watch:
    """From its making on. ``load``: a minute's average from before anything of ours ran; else the one now."""

    def __init__(self, load: float | None = None) -> None:
        self._load = os.getloadavg()[0] if load is None else load
        self._before = contention.read()

    def notes(self) -> tuple[str, ...]:
        """What is worth telling, none where the machine was ours."""
        return told(contention.read().since(self._before), self._load, os.cpu_count() or 1)


def told(spent: Contention, load: float, cpus: int) -> tuple[str, ...]:
    """One line for each way in which others took the processor. ``load``: a minute's average before."""
    found = []
    if load > cpus * 0.5:  # half of it was taken before anything of ours ran
        found.append(f"load {load:.1f} on {cpus} CPUs at the start")
    if spent.steal_s is not None and spent.steal_s > STEAL_SHARE * cpus * spent.at_s:
        found.append(f"its hypervisor kept {spent.steal_s / (cpus * spent.at_s):.0%} of the CPU")
    if spent.cpu_pressure_s is not None and spent.cpu_pressure_s > PRESSURE_SHARE * spent.at_s:
        found.append(f"tasks waited for a CPU {spent.cpu_pressure_s / spent.at_s:.0%} of the time")
    if spent.throttled_periods:
        found.append(f"its CPU quota ran out {spent.throttled_periods} times")
    return (f"the machine was busy: {'; '.join(found)}",) if found else ()
