"""A gate that is broken on purpose does not hold what is claimed: the proof would notice."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from fitment.harness.gate import gate, schedule, timed, verdict

from tests.harness.gate import proof

Mutation = Callable[[pytest.MonkeyPatch], None]


def threshold_dropped(patch: pytest.MonkeyPatch) -> None:
    """Any change that is known counts."""
    whole = verdict.verdict_of
    patch.setattr(verdict, "verdict_of", lambda low, high, delta: whole(low, high, 0.0))


def sign_flipped(patch: pytest.MonkeyPatch) -> None:
    """Slower is faster."""
    whole = schedule.Pairs.log_ratios
    patch.setattr(schedule.Pairs, "log_ratios", lambda pairs: [-d for d in whole(pairs)])


def pairs_shuffled(patch: pytest.MonkeyPatch) -> None:
    """A head is held against the base of another pair."""
    whole = schedule.Pairs.log_ratios

    def shuffled(pairs: schedule.Pairs) -> list[float]:
        places = np.random.default_rng(len(pairs.base)).permutation(len(pairs.base))
        return whole(schedule.Pairs([pairs.base[place] for place in places], pairs.head))

    patch.setattr(schedule.Pairs, "log_ratios", shuffled)


def confirmation_skipped(patch: pytest.MonkeyPatch) -> None:
    """The first verdict is the last."""
    patch.setattr(gate, "candidates", lambda judgements: [])


def base_always_first(patch: pytest.MonkeyPatch) -> None:
    """Head has the later process of each pair."""
    patch.setattr(schedule, "order", lambda index: ("base", "head"))


def interval_ignored(patch: pytest.MonkeyPatch) -> None:
    """The middle of the pairs decides."""
    whole = verdict.verdict_of
    patch.setattr(verdict, "verdict_of", lambda low, high, delta: whole(*2 * [(low + high) / 2], delta))


def verdicts_lost(patch: pytest.MonkeyPatch) -> None:
    """Nothing is ever a candidate."""
    patch.setattr(timed, "CHANGED", frozenset())


@pytest.mark.parametrize(
    ("mutation", "claim"),
    [
        (threshold_dropped, proof.tolerates_what_is_below_the_threshold),
        (sign_flipped, proof.tells_faster_from_slower),
        (pairs_shuffled, proof.finds_a_tenth_while_the_machine_drifts),
        (confirmation_skipped, proof.asks_twice),
        (base_always_first, lambda: proof.calm_on("6 % slower with each process")),
        (interval_ignored, lambda: proof.calm_on("two groups 20 % apart")),
        (verdicts_lost, proof.asks_twice),
    ],
)
def test_a_broken_gate_is_noticed(
    mutation: Mutation, claim: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The claim holds of the gate, and no longer when one piece of it is broken."""
    claim()
    mutation(monkeypatch)
    with pytest.raises(AssertionError):
        claim()
