"""The order of processes, their seeds, and pairs of which a side is missing."""

from __future__ import annotations

import math

from fitment.harness.gate.observation import Observation, Standing
from fitment.harness.gate.options import Options
from fitment.harness.gate.schedule import Pairs, Passes, order, pass_seed, run_alone, run_pairs

from tests.harness.gate.scripted import Scripted


def process(seconds: float | None, standing: Standing = Standing.MEASURED) -> Observation:
    """What one process said."""
    return Observation("a", standing, seconds)


def test_the_sides_take_turns() -> None:
    """ABBA: what drifts adds to one pair and takes from the next."""
    assert [side for index in range(4) for side in order(index)] == [
        *("base", "head", "head", "base", "base", "head", "head", "base")
    ]


def test_seeds_differ_by_seed_stage_and_pair() -> None:
    """And they are the same on every machine."""
    seeds = {
        pass_seed(seed, stage, index)
        for seed in range(3)
        for stage in ("counting", "first", "confirmation")
        for index in range(24)
    }
    assert len(seeds) == 3 * 3 * 24
    assert pass_seed(0, "first", 0) == 191583390507823


def test_what_a_pair_says() -> None:
    """d is ln(head / base) where both sides were measured, and NaN elsewhere, whatever the reason."""
    failed, skipped = process(None, Standing.FAILED), process(5.0, Standing.SKIPPED)
    pairs = Pairs([process(1.0)] * 4 + [None], [process(2.0), None, skipped, failed, process(1.0)])
    first, *others = pairs.log_ratios()
    assert first == math.log(2.0)
    assert all(math.isnan(d) for d in others)
    assert pairs.measured() == 1
    assert pairs.failure() == ("head", failed)


def test_what_no_pair_would_change_gets_no_more() -> None:
    """Undecided, but too noisy to be gated: eight pairs for the record."""
    runner = Scripted({"a": 1.0}, {"a": lambda counting, index: process([1.0, 2.0][index % 2])})
    passes = Passes(runner, Options(), lambda line: None)
    found = run_pairs(passes, {"a": 0.15}, "first", Options(), frozenset({"a"}))
    assert found["a"].measured() == 8
    assert run_pairs(passes, {"a": 0.15}, "first", Options(), frozenset())["a"].measured() == 24


def test_more_than_the_first_pairs_may_be_asked_for() -> None:
    """10 pairs, then 4 more, then what is left of 15."""
    runner = Scripted({"a": 1.0}, {"a": lambda counting, index: process([1.0, 2.0][index % 2])})
    said: list[str] = []
    options = Options(pairs=10, most_pairs=15)
    run_pairs(Passes(runner, options, said.append), {"a": 0.05}, "first", options, frozenset())
    assert said == [f"first pairs {which} of 1 benchmark" for which in ("1 to 10", "11 to 14", "15 to 15")]


def test_head_alone() -> None:
    """Pairs without a base; nothing is run for nobody."""
    runner = Scripted({}, {"a": 1.0})
    passes = Passes(runner, Options(), lambda line: None)
    found = run_alone(passes, ["a"], "first", 8)
    assert found["a"].times("head") == [1.0] * 8
    assert found["a"].base == []
    run_alone(passes, [], "first", 8)
    assert len(runner.asked) == 8
