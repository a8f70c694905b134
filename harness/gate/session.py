"""One invocation of the gate: what it may run, where it runs, and the report that it ends with."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ...kernels.threshold import Threshold
from .counted import middle_counters
from .errors import NothingMeasuredError
from .fingerprint import counter_class, machine_class
from .history import History
from .judgement import JUDGED, TIME, Change, Judgement
from .observation import Pass
from .options import Options
from .report import GateReport, Side
from .roster import Counters, Roster, roster
from .schedule import Pairs, Passes, Progress, Runner, SideName
from .timed import measured
from .verdict import tolerance

COUNTED = 2  # processes a side
NOTHING = "nothing could be judged: no benchmark ran on both sides"


@dataclass(slots=True)
class Session:
    """Owns what its processes say, from the first one to the report."""

    runner: Runner
    history: History
    options: Options
    say: Progress
    started: float = field(default_factory=time.monotonic)
    fingerprint: Mapping[str, str] = field(default_factory=dict)  # of head, once it was counted
    passes: Passes = field(init=False)

    def __post_init__(self) -> None:
        self.passes = Passes(self.runner, self.options, self.say)

    def count(self, *sides: SideName) -> list[Roster]:
        """What each side has and counts, in two processes a side, which take turns."""
        self.say(f"counting: 2 processes of {' and '.join(sides)}")
        found: dict[str, list[Pass]] = {side: [] for side in sides}
        for index in range(COUNTED):
            for side in sides:
                found[side].append(self.passes.counted(side, index))
        self.fingerprint = found["head"][0].fingerprint
        return [roster(found[side]) for side in sides]

    def count_again(self, names: Sequence[str], sides: Sequence[SideName]) -> dict[SideName, Counters]:
        """What two more processes a side count of some benchmarks."""
        self.say(f"counting again: 2 processes of {' and '.join(sides)}")
        found: dict[SideName, list[Pass]] = {side: [] for side in sides}
        for index in range(COUNTED, 2 * COUNTED):
            for side in sides:
                found[side].append(self.passes.counted(side, index, names))
        return {side: roster(processes).counters for side, processes in found.items()}

    @property
    def machine_class(self) -> str:
        """Of times."""
        return machine_class(self.fingerprint)

    @property
    def counter_class(self) -> str:
        """Of counters."""
        return counter_class(self.fingerprint)

    def thresholds(self, names: Sequence[str], on: Roster) -> dict[str, Threshold]:
        """δ of each benchmark's time on this machine."""
        return {
            name: tolerance(self.history, name, self.machine_class, on.device_kind(name), self.options)
            for name in names
        }

    def report(
        self,
        base: Side,
        head: Side,
        judgements: Sequence[Judgement],
        found: Mapping[str, Pairs],
        after: Roster,
        suite: Change | None = None,
        notes: Sequence[str] = (),
    ) -> GateReport:
        """All of it. ``found``: the first set of timed processes; ``after``: what head has."""
        if judgements and not any(each.verdict in JUDGED for each in judgements):
            notes = (NOTHING, *notes)
        return GateReport(
            secrets.token_hex(4),
            datetime.now(UTC).isoformat(timespec="seconds"),
            base,
            head,
            self.machine_class,
            self.counter_class,
            self.fingerprint,
            _ordered(judgements, after),
            suite,
            {name: times for name, pairs in found.items() if (times := measured(pairs.times("head")))},
            {name: counts for name, each in after.counters.items() if (counts := middle_counters(each))},
            self.options.seed,
            time.monotonic() - self.started,
            (*self.passes.notes, *notes),
        )


def some(rosters: Sequence[Roster]) -> None:
    """Raises NothingMeasuredError where no side has a benchmark."""
    if not any(each.standings for each in rosters):
        raise NothingMeasuredError("no benchmark was collected: check the paths, -k and -m")


def _ordered(judgements: Sequence[Judgement], after: Roster) -> tuple[Judgement, ...]:
    """By benchmark as head collects them, those that it doesn't have last; a benchmark's time first."""
    places = {name: place for place, name in enumerate(after.standings)}
    ordered = sorted(
        judgements, key=lambda each: (places.get(each.benchmark, len(places)), each.metric != TIME)
    )
    return tuple(ordered)
