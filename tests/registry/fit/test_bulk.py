"""The compiled path gives the numbers of the plain one."""

from __future__ import annotations

import random

from fitment.registry.answers import Weights
from fitment.registry.fit.bulk import criteria_of, score_many
from fitment.registry.fit.comparison import Comparison, compare, hold
from fitment.registry.fit.scored import scored, weights_used

from tests.registry.fit.estimates import GROUP, QUESTION, k, ok, stated


def random_comparison(rng: random.Random) -> Comparison:
    """Up to 5 devices at up to 4 batches: some without memory, some in another scope, some freed."""
    estimates = []
    for hardware in "ABCDE"[: rng.randint(1, 5)]:
        make = stated if rng.random() < 0.2 else ok
        scope = {} if make is stated else {"memory_scope": rng.choice(("rss", "rss", "allocator"))}
        for batch in rng.sample((1, 2, 4, 8), rng.randint(1, 4)):
            e = make(hardware, k(batch), rng.uniform(1.0, 1e4), n=rng.randint(1, 9), **scope)
            estimates.append(e)
    return compare(QUESTION, hold(GROUP, estimates))


def test_bit_for_bit() -> None:
    """For many random comparisons at once every score equals that of each comparison alone, to the bit."""
    rng = random.Random(7)
    comparisons = [random_comparison(rng) for _ in range(200)]
    values = [criteria_of(c) for c in comparisons]
    assert {v.memory_mode for v in values} == {"relative", "headroom", None}
    assert {c.freed is None for c in comparisons} == {True, False}
    for weights in (Weights(0.5, 0.3, 0.2), Weights(0.375, 0.4, 0.225)):
        alone = [
            scored(c.compared, v, weights_used(weights, v)) for c, v in zip(comparisons, values, strict=True)
        ]
        assert score_many(comparisons, values, weights) == alone


def test_nothing_to_score() -> None:
    """No comparison has no scores."""
    assert score_many([], [], Weights(0.5, 0.3, 0.2)) == []
