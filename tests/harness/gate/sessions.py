"""Sessions of one code on a machine that is never quite the same, for baselines that were recorded."""

from __future__ import annotations

import math

import numpy as np
from fitment.harness.gate.baseline import Baseline
from fitment.harness.gate.fingerprint import counter_class, machine_class
from fitment.harness.gate.gate import gate_baseline
from fitment.harness.gate.history import History, Recording
from fitment.harness.gate.options import Options
from fitment.harness.gate.report import GateReport

from tests.harness.gate.series import FINGERPRINT, HEAD, SESSIONS_DIFFER, Floats, Simulated

PROCESSES = 8
MACHINE, COUNTING = machine_class(FINGERPRINT), counter_class(FINGERPRINT)


def sessions(seed: int, count: int, sd: float, trials: int, differ: float = SESSIONS_DIFFER) -> Floats:
    """ln seconds, float64[sessions, trials, processes]: 8 to judge and 8 to confirm."""
    rng = np.random.default_rng([seed, round(sd * 1e4)])
    own = differ * rng.normal(size=(count, trials, 1))
    return math.log(0.01) + own + sd * rng.normal(size=(count, trials, 2 * PROCESSES))


def baseline(series: Floats, commit: str = "c" * 40, counters: dict[str, float] | None = None) -> Baseline:
    """What ``record`` would have written of a session, float64[trials, processes]."""
    seconds = np.exp(series[:, :PROCESSES]).tolist()
    processes = {f"b{place}": tuple(each) for place, each in enumerate(seconds)}
    counted = dict.fromkeys(processes, counters) if counters else {}
    label, at = "baseline nightly", "2026-11-22T00:00:00+00:00"
    return Baseline(label, at, commit, False, MACHINE, COUNTING, FINGERPRINT, processes, counted)


def history(past: Floats) -> History:
    """Of a machine that recorded one commit in each of these sessions."""
    return History(
        recordings=tuple(Recording(f"{n:08x}", None, baseline(each)) for n, each in enumerate(past))
    )


def gate_recorded(past: Floats, before: Floats, now: Floats, slower: float = 0.0) -> GateReport:
    """What the gate says of a session ``now``, with code that is ``slower``, against the one ``before``."""
    runner = Simulated(now, slower)
    return gate_baseline(runner, history(past), baseline(before), HEAD, Options(), lambda line: None)
