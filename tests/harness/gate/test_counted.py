"""Counters: 1 % more of what is deterministic is a regression, and what is missing or jumps is none."""

from __future__ import annotations

import math

import pytest
from fitment.harness.gate.counted import judge_counter, judge_counters, middle_counters

SAME = [1000.0, 1000.0]


@pytest.mark.parametrize(
    ("base", "head", "verdict"),
    [
        (SAME, SAME, "pass"),
        (SAME, [1010.0, 1010.0], "pass"),
        (SAME, [1011.0, 1011.0], "regression"),
        (SAME, [990.0, 990.0], "improvement"),
        (SAME, [991.0, 991.0], "pass"),
        (SAME, [1000.0, 1011.0], "too noisy"),
        ([1000.0, 1200.0], [5000.0, 5000.0], "too noisy"),
        ([0.0, 0.0], [0.0, 0.0], "pass"),
        ([0.0, 0.0], [1.0, 1.0], "regression"),
        ([0.0, 1.0], [1.0, 1.0], "too noisy"),
        (SAME, [0.0, 0.0], "improvement"),
        (SAME, [math.nan, 1000.0], "not measured"),
        ([math.nan, math.nan], SAME, "not measured"),
        (SAME, [math.inf, math.inf], "not measured"),
        (SAME, [-1.0, -1.0], "not measured"),
        (SAME, [], "not measured"),
        ([1000.0], [1020.0, 1020.0], "regression"),  # a baseline keeps one figure
    ],
)
def test_a_counter(base: list[float], head: list[float], verdict: str) -> None:
    """Two processes a side have to agree; then their mean decides."""
    assert judge_counter("a", "bytes", base, head).verdict == verdict


def test_what_is_said_of_a_counter() -> None:
    """Its change in ln units, both figures; from none to some there is no ratio, and the note says so."""
    found = judge_counter("a", "bytes", SAME, [1100.0, 1100.0])
    assert found.estimate == pytest.approx(math.log(1.1))
    assert (found.base, found.head, found.delta, found.pairs) == (1000.0, 1100.0, 0.01, 2)
    found = judge_counter("a", "launches", [0.0, 0.0], [3.0, 3.0])
    assert (found.estimate, found.note) == (None, "from none to 3")
    assert judge_counter("a", "bytes", SAME, [math.nan, 1.0]).note == "not counted on head in each process"


def test_all_counters_of_a_benchmark() -> None:
    """By name; one that only one side has is not measured."""
    base, head = [{"b": 1.0, "a": 1.0}] * 2, [{"a": 1.0, "c": 2.0}] * 2
    found = judge_counters("x", base, head)
    assert [(each.metric, each.verdict.value) for each in found] == [
        ("a", "pass"),
        ("b", "not measured"),
        ("c", "not measured"),
    ]
    assert judge_counters("x", [{}], [{}]) == []


def test_what_a_baseline_keeps() -> None:
    """The mean over processes of what each of them counted."""
    assert middle_counters([{"a": 1.0, "b": 2.0}, {"a": 3.0}]) == {"a": 2.0}
    assert middle_counters([]) == {}
