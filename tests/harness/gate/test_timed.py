"""What is said of times: confirmed or not, too noisy, clocked lower, too few rounds, alone in its family."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from fitment.harness.gate.judgement import TIME, Judgement, Verdict
from fitment.harness.gate.observation import Observation, Standing
from fitment.harness.gate.schedule import Pairs
from fitment.harness.gate.timed import clock_note, confirmed, judge_times, rounds_note
from fitment.kernels.threshold import Threshold

FIVE = Threshold(0.05, math.nan, 0)


def process(seconds: float, clock: float | None = None, rounds: int = 20) -> Observation:
    """What one process said."""
    return Observation("a", Standing.MEASURED, seconds, rounds, sm_clock_hz=clock)


def pairs(base: float, head: list[float]) -> Pairs:
    """A pair for each of head's times."""
    return Pairs([process(base) for _ in head], [process(each) for each in head])


def test_noise_of_the_past_is_never_gated() -> None:
    """A benchmark that moves by 40 % by itself is too noisy, however much slower it seems."""
    (found,) = judge_times({"a": pairs(1.0, [2.0] * 8)}, {"a": Threshold(0.15, 0.4, 100)})
    assert found.verdict is Verdict.TOO_NOISY
    assert found.note == "moves by 40% by itself: more than is ever tolerated"


def test_on_the_threshold_no_number_of_pairs_would_do() -> None:
    """As many pairs above as below: None, and the note says so."""
    (found,) = judge_times({"a": pairs(1.0, [1.02, 1.08] * 4)}, {"a": FIVE})
    assert (found.verdict, found.pairs_needed) == (Verdict.INCONCLUSIVE, None)
    assert found.note == "could not tell: it lies on the threshold, no number of pairs would"


def test_p_values_are_advice_over_the_family() -> None:
    """One of forty regresses in all 8 pairs: p = 1/256, adjusted 40/256."""
    found = judge_times(
        {"a": pairs(1.0, [1.2] * 8), **{f"b{n}": pairs(1.0, [1.0] * 8) for n in range(39)}},
        {"a": FIVE, **{f"b{n}": FIVE for n in range(39)}},
    )
    assert (found[0].p_value, found[0].adjusted_p) == (1 / 256, pytest.approx(40 / 256))
    settled = confirmed(found[0], replace(found[0], estimate=0.15, p_value=0.5), 40)
    assert (settled.verdict, settled.estimate, settled.p_value) == (Verdict.REGRESSION, 0.15, 1 / 256)
    assert settled.note is not None
    assert "among 40 by its p-value it would take 10 pairs" in settled.note


def test_what_was_not_confirmed_is_open() -> None:
    """With what the second set said; and a failure in it is an error."""
    first = Judgement("a", TIME, Verdict.REGRESSION, 0.05, 0.1, 0.09, 0.12, 8, adjusted_p=0.01)
    again = replace(first, verdict=Verdict.PASS, estimate=math.log(1.012), pairs=12)
    found = confirmed(first, again, 1)
    assert (found.verdict, found.estimate) == (Verdict.INCONCLUSIVE, 0.1)
    assert found.note == "regression not confirmed: +1.2% in a fresh set of 12; gate again"
    assert confirmed(first, replace(first, verdict=Verdict.IMPROVEMENT), 1).verdict is Verdict.INCONCLUSIVE
    for verdict in (Verdict.ERRORED, Verdict.NOT_MEASURED):
        gone = Judgement("a", TIME, verdict)
        assert confirmed(first, gone, 1) is gone
    assert confirmed(first, first, 1).note is None


def test_a_gpu_that_clocked_lower_explains_and_does_not_veto() -> None:
    """12 % longer at a clock 9 % lower: 2 % more cycles, and still a regression by the clock on the wall."""
    found = Pairs([process(1.0, 2e9)] * 8, [process(1.12, 2e9 / 1.1)] * 8)
    assert clock_note(found) == "head's GPU clocked 9% lower: +1.8% in clock cycles"
    assert judge_times({"a": found}, {"a": FIVE})[0].verdict is Verdict.REGRESSION
    assert clock_note(Pairs([process(1.0, 2e9)] * 8, [process(1.1, 2e9)] * 8)) is None
    assert clock_note(Pairs([process(1.0, 2e9)] * 8, [process(1.1)] * 8)) is None
    assert clock_note(Pairs([None] * 8, [process(1.1, 2e9)] * 8)) is None


def test_few_rounds_are_told() -> None:
    """A median of 5 rounds is a poor one."""
    few = Pairs([process(1.0)] * 8, [process(1.0, rounds=5)] * 8)
    assert rounds_note(few) == "only 5 rounds a process, 20 are wanted"
