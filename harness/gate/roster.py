"""Which benchmarks each side has, and what becomes of those that can't be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .judgement import TIME, Judgement, Verdict
from .observation import Observation, Pass, Standing

Counters = Mapping[str, tuple[Mapping[str, float], ...]]  # of each benchmark, by process


@dataclass(frozen=True, slots=True)
class Roster:
    """The benchmarks of one side, from the passes that counted, in the order of collection."""

    standings: Mapping[str, Observation]  # the worst of its processes
    counters: Counters

    def device_kind(self, benchmark: str) -> str:
        """What it ran on; "cpu" where it did not run."""
        found = self.standings.get(benchmark)
        return found.device_kind if found is not None else "cpu"

    def measured(self) -> list[str]:
        """Those that ran."""
        return [name for name, each in self.standings.items() if each.standing is Standing.MEASURED]

    def unmeasured(self) -> list[Judgement]:
        """What is said of the others of a side that stands alone."""
        ran = set(self.measured())
        return [unmeasured("head", each) for name, each in self.standings.items() if name not in ran]


_WORST = (Standing.MEASURED, Standing.DISABLED, Standing.SKIPPED, Standing.FAILED)


def roster(passes: Sequence[Pass]) -> Roster:
    """One side by what its counting processes said."""
    said = [{each.benchmark: each for each in process.observations} for process in passes]
    names = list(dict.fromkeys(name for process in said for name in process))
    standings, counters = {}, {}
    for name in names:
        found = [process[name] for process in said if name in process]
        worst = max(found, key=lambda each: _WORST.index(each.standing))
        if len(found) < len(said):
            reason = "not every process has it: its name changes from run to run"
            worst = Observation(name, Standing.SKIPPED, reason=reason)
        standings[name] = worst
        counters[name] = tuple(each.counters for each in found)
    return Roster(standings, counters)


def recorded_roster(
    processes: Mapping[str, Sequence[float]], counters: Mapping[str, Mapping[str, float]]
) -> Roster:
    """A side that was recorded: all that it has was measured."""
    names = dict.fromkeys((*processes, *counters))
    return Roster(
        {name: Observation(name, Standing.MEASURED) for name in names},
        {name: (counters[name],) for name in names if name in counters},
    )


def comparable(base: Roster, head: Roster) -> list[str]:
    """The benchmarks that ran on both sides, in head's order."""
    return [name for name in head.standings if name in base.standings and not _trouble(name, base, head)]


def settled(base: Roster, head: Roster) -> list[Judgement]:
    """What is said of all others: new, removed, errored, not measured, with the reason."""
    found = []
    for name in dict.fromkeys((*head.standings, *base.standings)):
        if name not in base.standings:
            found.append(_new(head.standings[name]))
        elif name not in head.standings:
            found.append(_removed(base.standings[name]))
        elif trouble := _trouble(name, base, head):
            found.append(unmeasured(*trouble))
    return found


def unmeasured(side: str, found: Observation) -> Judgement:
    """What is said of a benchmark that has no figure on ``side``."""
    failed = found.standing is Standing.FAILED
    what = "failed" if failed else found.standing.value
    note = f"{what} on {side}" + (f": {found.reason}" if found.reason else "")
    return Judgement(found.benchmark, TIME, Verdict.ERRORED if failed else Verdict.NOT_MEASURED, note=note)


def _new(found: Observation) -> Judgement:
    if found.standing is Standing.FAILED:
        return unmeasured("head", found)
    return Judgement(found.benchmark, TIME, Verdict.NEW, note="only in head")


def _removed(found: Observation) -> Judgement:
    """A file of base's that can't be collected is one, and its benchmarks seem new: the reason says why."""
    if found.standing is Standing.FAILED:
        return unmeasured("base", found)
    return Judgement(found.benchmark, TIME, Verdict.REMOVED, note="only in base")


def _trouble(name: str, base: Roster, head: Roster) -> tuple[str, Observation] | None:
    """The side that has no figure, and why; that of the side that failed where one did."""
    sides = (("head", head.standings[name]), ("base", base.standings[name]))
    ailing = [each for each in sides if each[1].standing is not Standing.MEASURED]
    failed = [each for each in ailing if each[1].standing is Standing.FAILED]
    return next(iter(failed or ailing), None)
