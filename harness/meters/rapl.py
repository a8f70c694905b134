"""The processor packages' own energy counters (RAPL), where the system lets us read them.

A package holds its cores, its caches and a GPU on the same die. Memory is a domain of its own where it is
counted at all, and is left out: many machines don't count it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_POWERCAP = Path("/sys/class/powercap")
_MICRO = 1e-6


@dataclass(frozen=True, slots=True)
class Reading:
    """Each package's counter and the value that it wraps at, in joules."""

    counters_j: tuple[float, ...]
    ranges_j: tuple[float, ...]

    def since(self, before: Reading) -> float:
        """Joules spent since ``before``, all packages together; a counter may have wrapped once."""
        pairs = zip(self.counters_j, before.counters_j, self.ranges_j, strict=True)
        return sum(now - then if now >= then else now - then + full for now, then, full in pairs)


def read(powercap: Path = _POWERCAP) -> Reading | None:
    """The counters now; None where there are none, or only root may read them."""
    packages = sorted(powercap.glob("intel-rapl:[0-9]*"))
    packages = [package for package in packages if package.name.count(":") == 1]
    try:
        counters = tuple(int((p / "energy_uj").read_text()) * _MICRO for p in packages)
        ranges = tuple(int((p / "max_energy_range_uj").read_text()) * _MICRO for p in packages)
    except OSError:
        return None
    return Reading(counters, ranges) if counters else None


def total(powercap: Path = _POWERCAP) -> Callable[[], float | None]:
    """A function: joules of all packages since this call; None where they can't be read.

    To be asked more often than a counter wraps, which takes it minutes at full power.
    """
    spent, last = 0.0, read(powercap)

    def joules() -> float | None:
        nonlocal spent, last
        now = read(powercap)
        if now is None or last is None:
            return None
        spent += now.since(last)
        last = now
        return spent

    return joules
