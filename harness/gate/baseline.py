"""What was recorded earlier, to hold a head against without its code: of times, of counters, or both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .errors import BaselineError
from .report import GateReport, Side

FEWEST_PROCESSES = 8  # of a baseline whose times can decide anything


@dataclass(frozen=True, slots=True)
class Baseline:
    """Benchmarks as they were on one machine at one time.

    A class that is None is not known: of times, they are compared with the warning that it is not; of
    counters, there are none.
    """

    label: str  # "baseline nightly", "pytest-benchmark's 0001_main.json", "accepted run 1f2e3d4c"
    at: str  # ISO 8601, UTC
    commit: str | None  # 40 hex digits
    dirty: bool
    machine_class: str | None  # of times, see fingerprint.py
    counter_class: str | None
    fingerprint: Mapping[str, str]
    processes: Mapping[str, tuple[float, ...]]  # of each benchmark, the medians of its processes, seconds
    counters: Mapping[str, Mapping[str, float]]

    @property
    def side(self) -> Side:
        """It as the base of a report."""
        return Side(self.label, self.commit, self.dirty, recorded=True)

    def times_on(self, machine_class: str, fingerprint: Mapping[str, str]) -> bool:
        """Whether its times can be held against those of a machine of this class and fingerprint."""
        if self.machine_class is None:
            return bool(self.processes) and not _differing(self.fingerprint, fingerprint)
        return bool(self.processes) and self.machine_class == machine_class

    def counters_on(self, counter_class: str) -> bool:
        """Whether its counters can be held against those of ``counter_class``."""
        return bool(self.counters) and self.counter_class == counter_class

    def check(self, machine_class: str, counter_class: str, fingerprint: Mapping[str, str]) -> None:
        """Raises BaselineError, naming what differs, where nothing in it can be compared here."""
        if not self.times_on(machine_class, fingerprint) and not self.counters_on(counter_class):
            differing = "; ".join(_differing(self.fingerprint, fingerprint)[:3]) or "its machine is not told"
            raise BaselineError(
                f"{self.label} was recorded on another machine ({differing}): record it again here with "
                "`fitment gate record`, or compare with a revision"
            )


def of_report(report: GateReport, label: str) -> Baseline:
    """The head of a run, as a baseline for later ones."""
    return Baseline(
        label,
        report.at,
        report.head.commit,
        report.head.dirty,
        report.machine_class,
        report.counter_class,
        report.fingerprint,
        report.processes,
        report.counters,
    )


def _differing(theirs: Mapping[str, str], ours: Mapping[str, str]) -> list[str]:
    names = [name for name in theirs if name in ours and theirs[name] != ours[name]]
    return [f"{name} {theirs[name]!r}, here {ours[name]!r}" for name in names]
