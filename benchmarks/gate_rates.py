"""How often the gate is wrong, and how often others are: ``python -m benchmarks.gate_rates``.

Prints the tables of docs/gate.md. Each trial compares a base and a head of one code (false alarms), or a head
that takes 5, 10 or 20 % more. All see the same noise (tests/harness/gate/series.py): the gate through its own
door, process by process. Its rivals take what they are used with, one process a side: base of an earlier
session, head of this one, 20 rounds each, which differ by 2 % inside a process. Of recorded processes the two
are any two, and the rounds are theirs.

- compare-fail: ``--benchmark-compare-fail=mean:5%``, head's mean of rounds is more than 5 % above base's.
- Mann–Whitney: two-sided p < 0.05 between the rounds of two processes, and head's are slower.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from fitment.harness.gate.options import Options
from scipy import stats

from tests.harness.gate.series import SESSIONS_DIFFER, Floats, drawn, gate, recorded, simulated, verdicts
from tests.harness.gate.sessions import gate_recorded, sessions

SLOWER = (0.0, 0.05, 0.10, 0.20)
ROUNDS = 20
ROUNDS_DIFFER = 0.02
TRIALS = 300  # of each seed
SHARED = Options()


@dataclass(frozen=True, slots=True)
class Noise:
    """Where the processes of a row come from."""

    name: str
    series: Callable[[int], Floats]  # of a seed: ln seconds, float64[trials, processes]
    rounds: Callable[[int], tuple[Floats, Floats]]  # of two processes, seconds, float64[trials, rounds] each
    options: Options = SHARED


def noises() -> Iterator[Noise]:
    """The rows of the table."""
    for shape, sd in (
        *(("normal", sd) for sd in (0.005, 0.01, 0.02, 0.04)),
        *((shape, 0.02) for shape in ("heavy", "skewed", "load", "grouped")),
    ):
        yield Noise(f"{shape}, {sd:.1%}", _series(shape, sd), _rounds(shape, sd))
    for sd in (0.005, 0.01):
        quiet = Options(machine="quiet")
        yield Noise(f"normal, {sd:.1%}, δ = 2 %", _series("normal", sd), _rounds("normal", sd), quiet)
    for busy in (False, True):
        name = "recorded, in turn with others" if busy else "recorded, before others"
        yield Noise(name, _drawn(busy), _two_recorded(busy))


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description="How often the gate and others are wrong.")
    parser.add_argument("--seeds", type=int, default=10, help=f"{TRIALS} trials each")
    seeds = range(1, 1 + parser.parse_args().seeds)
    print(f"{TRIALS * len(seeds):,} trials a figure.\n")
    print("| processes | | false alarms | +5 % | +10 % | +20 % |\n| --- | --- | --: | --: | --: | --: |")
    for noise in noises():
        for name, rate in RATES.items():
            figures = [
                np.mean([rate(noise, seed, math.log1p(slower)) for seed in seeds]) for slower in SLOWER
            ]
            print(f"| {noise.name} | {name} | " + " | ".join(map(_percent, figures)) + " |")
    print("\nAgainst a recorded baseline:\n")
    print("| sessions differ by | processes by | false alarms | +10 % | +20 % | +30 % | +50 % |")
    print("| --: | --: | --: | --: | --: | --: | --: |")
    for differ in (0.005, 0.01, SESSIONS_DIFFER):
        for sd in (0.005, 0.02, 0.04):
            figures = [_recorded(differ, sd, seeds, slower) for slower in (0.0, 0.1, 0.2, 0.3, 0.5)]
            print(f"| {differ:.1%} | {sd:.1%} | " + " | ".join(map(_percent, figures)) + " |")


def _gate(noise: Noise, seed: int, slower: float) -> float:
    found: Counter[str] = verdicts(gate(noise.series(seed), slower, options=noise.options))
    return found["regression"] / found.total()


def _compare_fail(noise: Noise, seed: int, slower: float) -> float:
    base, head = noise.rounds(seed)
    return float((head.mean(axis=1) * math.exp(slower) > 1.05 * base.mean(axis=1)).mean())


def _mann_whitney(noise: Noise, seed: int, slower: float) -> float:
    base, head = noise.rounds(seed)
    head = head * math.exp(slower)
    p = stats.mannwhitneyu(base, head, axis=1, method="asymptotic").pvalue
    return float(((p < 0.05) & (np.median(head, axis=1) > np.median(base, axis=1))).mean())


def _recorded(differ: float, sd: float, seeds: range, slower: float) -> float:
    alarms = 0
    for seed in seeds:
        past = sessions(seed, 32, sd, TRIALS, differ)
        alarms += verdicts(gate_recorded(past[:30], past[30], past[31], math.log1p(slower)))["regression"]
    return alarms / (TRIALS * len(seeds))


def _series(shape: str, sd: float) -> Callable[[int], Floats]:
    return lambda seed: simulated(shape, sd, seed, TRIALS)


def _rounds(shape: str, sd: float) -> Callable[[int], tuple[Floats, Floats]]:
    def rounds(seed: int) -> tuple[Floats, Floats]:
        rng = np.random.default_rng(seed)
        sides = [simulated(shape, sd, 1000 * seed + side, TRIALS, processes=1) for side in (1, 2)]
        base, head = (np.exp(side + ROUNDS_DIFFER * rng.normal(size=(TRIALS, ROUNDS))) for side in sides)
        return base, head

    return rounds


def _drawn(busy: bool) -> Callable[[int], Floats]:
    return lambda seed: drawn(seed, busy, TRIALS)


def _two_recorded(busy: bool) -> Callable[[int], tuple[Floats, Floats]]:
    def rounds(seed: int) -> tuple[Floats, Floats]:
        rng, kinds = np.random.default_rng(seed), list(recorded(busy).values())
        two = [rng.choice(kinds[trial % len(kinds)], 2, replace=False) for trial in range(TRIALS)]
        base, head = np.stack(two, axis=1)
        return base, head

    return rounds


def _percent(share: float) -> str:
    """Zero only where there was none."""
    return "0" if share == 0.0 else f"{share:.2%}" if share < 0.01 else f"{share:.0%}"


RATES = {"the gate": _gate, "compare-fail": _compare_fail, "Mann–Whitney": _mann_whitney}

if __name__ == "__main__":
    main()
