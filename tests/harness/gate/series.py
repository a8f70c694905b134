"""Processes that are made up, or were recorded, behind the gate's own door: a runner that starts none.

A series is ln seconds of successive processes, float64[benchmarks, processes]: the gate asks for one after
the other, and the benchmarks don't know of each other, so that each of them is a trial of its own.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from fitment.harness.gate.gate import gate_revisions
from fitment.harness.gate.history import History
from fitment.harness.gate.judgement import TIME, Judgement
from fitment.harness.gate.observation import Observation, Pass, Standing
from fitment.harness.gate.options import Options
from fitment.harness.gate.report import GateReport, Side
from fitment.harness.gate.schedule import SideName
from numpy.typing import NDArray

from tests.kernels.noises import SHAPES

Floats = NDArray[np.float64]
Hook = Callable[[SideName, int, Floats], Floats]  # side, processes so far, ln seconds → ln seconds

DATA = Path(__file__).parent / "data"
PROCESSES = 96  # that a gate may ask for: 24 pairs, and 24 to confirm
TRIALS = 300
SESSIONS_DIFFER = 0.03
STANDARD_DEVIATIONS = {  # of the shapes, whose unit is that of most of their processes
    "normal": 1.0,
    "heavy": 1.0,
    "skewed": math.sqrt(math.exp(0.64) * (math.exp(0.64) - 1.0)),
    "load": math.sqrt(1.0 + 25.0 * 0.09),
    "grouped": math.sqrt(1.01),
}
FINGERPRINT = {"architecture": "x86_64", "cpu": "made up", "physical cores": "2", "python": "CPython 3.11"}
BASE, HEAD = Side("base", "b" * 40), Side("head", "a" * 40)


@dataclass(slots=True)
class Simulated:
    """A runner whose processes take what a series says, head's times ``slower``."""

    series: Floats
    slower: float | Floats = 0.0  # ln units, of each benchmark
    counters: Mapping[SideName, Mapping[str, float]] | None = None
    hook: Hook | None = None
    timed: int = 0  # processes so far

    def __call__(
        self, side: SideName, benchmarks: Sequence[str] | None, *, seed: int, counting: bool
    ) -> Pass:
        names = list(benchmarks) if benchmarks is not None else self.names()
        if counting:
            counted = (self.counters or {}).get(side, {})
            return Pass(
                tuple(Observation(n, Standing.MEASURED, counters=counted) for n in names), FINGERPRINT
            )
        y = self.series[:, self.timed % self.series.shape[1]] + (self.slower if side == "head" else 0.0)
        if self.hook is not None:
            y = self.hook(side, self.timed, y)
        self.timed += 1
        times = np.exp(y).tolist()
        said = [Observation(n, Standing.MEASURED, times[int(n[1:])], rounds=20) for n in names]
        return Pass(tuple(said), FINGERPRINT)

    def names(self) -> list[str]:
        """``"b0"`` and on."""
        return [f"b{place}" for place in range(len(self.series))]


def gate(
    series: Floats, slower: float | Floats = 0.0, hook: Hook | None = None, options: Options | None = None
) -> GateReport:
    """What the gate says where head takes ``slower`` more than base, in ln units."""
    runner = Simulated(series, slower, hook=hook)
    return gate_revisions(runner, History(), BASE, HEAD, options or Options(), lambda line: None)


def times(report: GateReport) -> list[Judgement]:
    """The judgements of times, a trial each."""
    return [each for each in report.judgements if each.metric == TIME]


def verdicts(report: GateReport) -> Counter[str]:
    """How many trials ended how."""
    return Counter(each.verdict.value for each in times(report))


def simulated(shape: str, sd: float, seed: int, trials: int = TRIALS, processes: int = PROCESSES) -> Floats:
    """Processes of standard deviation ``sd`` in sessions that differ by 3 %, of times that are lognormal."""
    rng = np.random.default_rng([seed, round(sd * 1e4), *shape.encode()])
    session = SESSIONS_DIFFER * rng.normal(size=(trials, 1))
    noise = np.stack([SHAPES[shape](rng, processes) for _ in range(trials)]) / STANDARD_DEVIATIONS[shape]
    return math.log(0.01) + session + sd * noise


def recorded(busy: bool) -> dict[str, Floats]:
    """Recorded rounds of each benchmark, seconds, float64[processes, rounds], in the order they ran."""
    found: dict[str, list[list[float]]] = {}
    with (DATA / f"processes{'_busy' * busy}.csv").open(encoding="utf-8", newline="") as file:
        for benchmark, *rounds in csv.reader(line for line in file if not line.startswith("#")):
            found.setdefault(benchmark, []).append([float(each) for each in rounds])
    return {benchmark: np.array(rows) for benchmark, rows in found.items()}


def drawn(seed: int, busy: bool, trials: int = TRIALS, processes: int = PROCESSES) -> Floats:
    """Recorded processes: every other trial in random order, the others as they ran, from a random one on."""
    rng = np.random.default_rng(seed)
    kinds = [np.log(np.median(rows, axis=1)) for rows in recorded(busy).values()]
    found = np.empty((trials, processes))
    for trial in range(trials):
        values = kinds[trial % len(kinds)]
        as_they_ran = rng.integers(values.size) + np.arange(processes)
        places = rng.permutation(values.size) if trial % 2 else as_they_ran % values.size
        found[trial] = values[np.resize(places, processes)]
    return found
