"""Rank 1 in words, or all that share it or may have it."""

from __future__ import annotations

from fitment.registry.report.choice import chosen
from fitment.registry.workloads import MixRow

from tests.registry.report.mixes import mixed

ROWS = mixed().rows


def say(row: MixRow) -> str:
    return row.hardware.split()[0]


def test_a_lone_best_one() -> None:
    """Its label, the word and what it is best by stand before it."""
    assert chosen(ROWS, (), say) == ("Recommended: NVIDIA",)
    assert chosen(ROWS, (), say, label="The only candidate", certainty="likely", by=", by speed") == (
        "The only candidate (likely), by speed: NVIDIA",
    )


def test_several() -> None:
    """A tie group is named in full, whoever --top-k hides as well."""
    names = tuple(row.hardware for row in ROWS)
    assert chosen(ROWS[:1], names, say) == (
        "Toss-up of 2: any of these may be the best",
        "NVIDIA",
        "Own CPU, 4 cores, below --top-k",
    )
