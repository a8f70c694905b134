"""How many devices reach a rate."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fitment.registry.answers import Question
from fitment.registry.errors import QuestionError
from fitment.registry.fit.recommend import answer
from fitment.registry.fit.target import needed
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registry.fit.estimates import QUESTION, k, ok, row


def test_whole_devices_with_what_the_interval_leaves_open() -> None:
    """500/s of 90 to 130 a device are 4 to 6; what has no interval has one number; sets stay whole."""
    spread = {"throughput_low": 90.0, "throughput_high": 130.0, "interval_basis": "processes"}
    two = ok("C", k(1, n_devices=2), 90.0)
    found = answer(
        replace(QUESTION, target_rate=500.0, target_unit="samples"),
        [ok("A", k(1), 110.0, **spread), ok("B", k(1), 100.0), two],
    )
    assert {r.hardware: (r.devices, r.devices_low, r.devices_high) for r in found.rows} == {
        "A": (5, 4, 6),
        "B": (5, None, None),
        "C": (12, None, None),
    }
    unasked = row(answer(QUESTION, [two]), "C")
    assert (unasked.devices, unasked.devices_low) == (None, None)


def test_a_rate_ranks_nothing() -> None:
    """It says how many, and moves no rank."""
    pair = [ok("A", k(1), 110.0), ok("B", k(1), 100.0)]
    asked = answer(replace(QUESTION, target_rate=500.0), pair)
    assert [(r.rank, r.compatibility) for r in asked.rows] == [
        (r.rank, r.compatibility) for r in answer(QUESTION, pair).rows
    ]


def test_another_unit_is_named() -> None:
    """500 tokens/s can't be reached in samples."""
    with pytest.raises(QuestionError, match="counts tokens, the results of net count samples"):
        answer(Question("net", target_rate=500.0, target_unit="tokens"), [ok("A", k(1), 1.0)])


@settings(max_examples=100)
@given(st.integers(1, 10**6), st.floats(1e-3, 1e6), st.integers(1, 8))
def test_exactly_as_many_as_it_takes(count: int, throughput: float, group: int) -> None:
    """A rate of exactly so many devices needs no further one, whatever the division rounds to."""
    assert needed(count * throughput, throughput, group) == count * group
    assert needed(1e-9 * throughput, throughput) == 1
    assert needed(1.0, None) is None
