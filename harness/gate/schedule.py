"""Which process runs next: pairs of both sides in ABBA order, and more of them while undecided."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Literal, Protocol

import numpy as np

from ...kernels.pairs import log_ratios
from .errors import GateError, PassFailedError
from .judgement import Verdict
from .observation import Observation, Pass, Standing
from .options import MORE_PAIRS, Options
from .verdict import judge_pairs

SideName = Literal["base", "head"]
Stage = Literal["counting", "first", "confirmation"]
Progress = Callable[[str], None]  # takes one line
MOST_FAILED = 3  # processes; then it is no accident


class Runner(Protocol):
    """Runs benchmarks of one side in one fresh process."""

    def __call__(
        self, side: SideName, benchmarks: Sequence[str] | None, *, seed: int, counting: bool
    ) -> Pass:
        """What the process said of them; None = of all that it collects.

        A counting pass takes the order of collection and times nothing. A timed one takes a random order
        that follows from ``seed`` and the names alone, so that both sides of a pair have the same.
        Raises PassFailedError where the process ended without having run any, or not in time.
        """


class Passes:
    """Runs processes and keeps what their parent should say of them; a few may fail."""

    def __init__(self, runner: Runner, options: Options, say: Progress) -> None:
        self.notes: list[str] = []
        self._runner, self._options, self._say = runner, options, say
        self._failed = 0

    def counted(self, side: SideName, time: int, names: Sequence[str] | None = None) -> Pass:
        """A pass that counts, of all benchmarks or of some. Raises PassFailedError where it fails."""
        return self._run(side, names, "counting", time)

    def timed(
        self, side: SideName, names: Sequence[str], stage: Stage, index: int
    ) -> Mapping[str, Observation]:
        """Each benchmark as one process found it; without those of which it said nothing.

        A process that fails has measured nothing, and is noted. Raises PassFailedError for the third one.
        """
        try:
            found = self._run(side, names, stage, index)
        except PassFailedError as error:
            self._failed += 1
            if self._failed == MOST_FAILED:
                raise
            self._note(f"a process of {side} failed and is left out: {error}")
            return {}
        return {each.benchmark: each for each in found.observations}

    def say(self, line: str) -> None:
        """Tells the user how far it is."""
        self._say(line)

    def _run(self, side: SideName, names: Sequence[str] | None, stage: Stage, index: int) -> Pass:
        seed = pass_seed(self._options.seed, stage, index)
        found = self._runner(side, names, seed=seed, counting=stage == "counting")
        if found.strays:
            raise GateError(
                f"{side} imported {', '.join(found.strays[:3])} from outside its own tree, so that both "
                "sides would run the same code: install the project with `pip install -e .`, or build in "
                "each tree with `fitment gate run --setup`"
            )
        for note in found.notes:
            self._note(note)
        return found

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)


@dataclass(slots=True)
class Pairs:
    """One benchmark's pairs, in the order in which they ran. None = that side said nothing."""

    base: list[Observation | None] = field(default_factory=list)
    head: list[Observation | None] = field(default_factory=list)

    def times(self, side: SideName) -> list[float]:
        """The medians of one side's processes, seconds; NaN where not measured."""
        return [_time(each) for each in getattr(self, side)]

    def log_ratios(self) -> list[float]:
        """d of each pair; NaN where a side was not measured."""
        d: list[float] = log_ratios(np.array(self.times("base")), np.array(self.times("head"))).tolist()
        return d

    def measured(self) -> int:
        """How many pairs have both sides."""
        return int(np.isfinite(self.log_ratios()).sum())

    def failure(self) -> tuple[SideName, Observation] | None:
        """The side on which it failed, and how; None where it never did."""
        sides: tuple[SideName, ...] = ("base", "head")
        for side in sides:
            for each in getattr(self, side):
                if each is not None and each.standing is Standing.FAILED:
                    return side, each
        return None


def run_pairs(
    passes: Passes, deltas: Mapping[str, float], stage: Stage, options: Options, once: frozenset[str]
) -> dict[str, Pairs]:
    """The pairs of each benchmark of ``deltas``: the first ones, and more of those that they don't decide.

    Those of ``once``, whose verdict no pair would change, and those that fail get no more.
    """
    found = {name: Pairs() for name in deltas}
    names, done = list(deltas), 0
    while names and done < options.most_pairs:
        upto = options.pairs if done == 0 else min(done + MORE_PAIRS, options.most_pairs)
        passes.say(f"{stage} pairs {done + 1} to {upto} of {len(names)} benchmark{'s'[: len(names) != 1]}")
        for index in range(done, upto):
            _run_pair(passes, names, stage, index, found)
        done = upto
        names = _undecided({name: found[name] for name in names if name not in once}, deltas)
    return found


def run_alone(passes: Passes, names: Sequence[str], stage: Stage, processes: int) -> dict[str, Pairs]:
    """Head's processes without a base, as pairs that have one side only."""
    found = {name: Pairs() for name in names}
    passes.say(f"{stage} processes 1 to {processes} of {len(names)} benchmark{'s'[: len(names) != 1]}")
    for index in range(processes if names else 0):
        said = passes.timed("head", names, stage, index)
        for name in names:
            found[name].head.append(said.get(name))
    return found


def pass_seed(seed: int, stage: Stage, index: int) -> int:
    """The seed of a pair's processes, 48 bits: the same for both sides, and another in each stage."""
    return int.from_bytes(blake2b(f"{seed} {stage} {index}".encode(), digest_size=6).digest())


def order(index: int) -> tuple[SideName, SideName]:
    """Even pairs run base first, odd ones head first: what drifts slows both sides alike."""
    return ("base", "head") if index % 2 == 0 else ("head", "base")


def _run_pair(
    passes: Passes, names: Sequence[str], stage: Stage, index: int, found: Mapping[str, Pairs]
) -> None:
    said = {side: passes.timed(side, names, stage, index) for side in order(index)}
    for name in names:
        found[name].base.append(said["base"].get(name))
        found[name].head.append(said["head"].get(name))


def _undecided(found: Mapping[str, Pairs], deltas: Mapping[str, float]) -> list[str]:
    """Those that more pairs may decide: not those that fail, nor those of which no pair was measured."""
    able = [name for name, pairs in found.items() if pairs.measured() and not pairs.failure()]
    _, verdicts = judge_pairs([found[name].log_ratios() for name in able], [deltas[name] for name in able])
    return [name for name, verdict in zip(able, verdicts, strict=True) if verdict is Verdict.INCONCLUSIVE]


def _time(found: Observation | None) -> float:
    if found is None or found.standing is not Standing.MEASURED or found.median_s is None:
        return math.nan
    return found.median_s
