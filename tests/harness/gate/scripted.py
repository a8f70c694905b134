"""A runner whose benchmarks do as they are told, process by process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fitment.harness.gate.gate import gate_revisions
from fitment.harness.gate.history import History
from fitment.harness.gate.judgement import TIME, Judgement
from fitment.harness.gate.observation import Observation, Pass, Standing
from fitment.harness.gate.options import Options
from fitment.harness.gate.report import GateReport
from fitment.harness.gate.schedule import SideName

from tests.harness.gate.series import BASE, FINGERPRINT, HEAD

# What a benchmark does in the n-th process of its side, counting ones first: None = it is not there.
Does = Callable[[bool, int], Observation | None]


@dataclass(slots=True)
class Scripted:
    """Runs nothing. ``base``, ``head``: what each benchmark does; a number is its seconds in each process."""

    base: Mapping[str, Does | float]
    head: Mapping[str, Does | float]
    strays: tuple[str, ...] = ()
    asked: list[tuple[SideName, tuple[str, ...] | None, int, bool]] = field(default_factory=list)

    def __call__(
        self, side: SideName, benchmarks: Sequence[str] | None, *, seed: int, counting: bool
    ) -> Pass:
        before = sum(call[0] == side and call[3] == counting for call in self.asked)
        self.asked.append((side, None if benchmarks is None else tuple(benchmarks), seed, counting))
        does = self.base if side == "base" else self.head
        names = does if benchmarks is None else [name for name in does if name in benchmarks]
        found = [_done(name, does[name], counting, before) for name in names]
        return Pass(tuple(each for each in found if each is not None), FINGERPRINT, self.strays)


def taking(seconds: float, **facts: Any) -> Does:
    """Takes so many seconds in each process; the facts are those of its observation."""
    return lambda counting, index: _measured("", counting, seconds, facts)


def ended(standing: Standing, reason: str, since: int | None = None, seconds: float = 0.01) -> Does:
    """Ends so in every process; or from the timed one with this number on, and ran well before."""

    def does(counting: bool, index: int) -> Observation:
        if since is None or (not counting and index >= since):
            return Observation("", standing, reason=reason)
        return _measured("", counting, seconds, {})

    return does


def gated(runner: Scripted, history: History | None = None, **options: Any) -> GateReport:
    """What the gate says of it."""
    return gate_revisions(runner, history or History(), BASE, HEAD, Options(**options), lambda line: None)


def time_of(report: GateReport, benchmark: str) -> Judgement:
    """The judgement of that benchmark's time."""
    (found,) = [each for each in report.judgements if (each.benchmark, each.metric) == (benchmark, TIME)]
    return found


def _done(name: str, does: Does | float, counting: bool, index: int) -> Observation | None:
    found = does(counting, index) if callable(does) else _measured(name, counting, does, {})
    if found is None:
        return None
    return Observation(
        name,
        found.standing,
        found.median_s,
        found.rounds,
        found.device_kind,
        found.sm_clock_hz,
        found.counters,
        found.reason,
    )


def _measured(name: str, counting: bool, seconds: float, facts: Mapping[str, Any]) -> Observation:
    return Observation(name, Standing.MEASURED, None if counting else seconds, **{"rounds": 20, **facts})
