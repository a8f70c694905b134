"""Head's processes against recorded ones: a change has to be there twice."""

from __future__ import annotations

import math

import numpy as np
from fitment.harness.gate.gate import gate_baseline
from fitment.harness.gate.observation import Observation, Standing
from fitment.harness.gate.options import Options

from tests.harness.gate.scripted import Scripted, ended, time_of
from tests.harness.gate.series import HEAD
from tests.harness.gate.sessions import baseline, history, sessions

PAST = sessions(0, 31, 0.005, 1, differ=0.005)


def judged(does: object, processes: int = 24) -> tuple[str, str, int]:
    """The verdict of the only benchmark, its note, and how many timed processes it took."""
    runner = Scripted({}, {"b0": does})  # type: ignore[dict-item]
    report = gate_baseline(runner, history(PAST[:30]), baseline(PAST[30]), HEAD, Options(), lambda line: None)
    found = time_of(report, "b0")
    return found.verdict.value, found.note or "", sum(not call[3] for call in runner.asked)


def slow_until(process: int) -> object:
    """Takes half as long again in its first processes."""

    def does(counting: bool, index: int) -> Observation:
        seconds = float(np.median(np.exp(PAST[30]))) * (1.5 if index < process else 1.0)
        return Observation("b0", Standing.MEASURED, None if counting else seconds, rounds=20)

    return does


def test_a_change_takes_eight_processes_and_eight_more() -> None:
    """No change takes eight."""
    assert judged(slow_until(99))[::2] == ("regression", 16)
    assert judged(slow_until(0))[::2] == ("pass", 8)


def test_what_is_gone_when_asked_again_is_open() -> None:
    """With the second answer in the note."""
    verdict, note, _ = judged(slow_until(8))
    assert verdict == "inconclusive"
    assert note.startswith("regression not confirmed: ")


def test_the_second_set_has_orders_of_its_own() -> None:
    """Else what an order does to a benchmark would confirm itself."""
    runner = Scripted({}, {"b0": slow_until(99)})  # type: ignore[dict-item]
    gate_baseline(runner, history(PAST[:30]), baseline(PAST[30]), HEAD, Options(), lambda line: None)
    assert len({call[2] for call in runner.asked if not call[3]}) == 16


def test_failing_later_is_an_error() -> None:
    """In the first processes, or in those that were to confirm."""
    for since in (5, 12):
        seconds = math.exp(PAST[30].mean()) * 1.5
        assert judged(ended(Standing.FAILED, "OSError", since, seconds))[0] == "errored"
