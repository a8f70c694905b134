"""What is to be known beside a ranking of models, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .choice import Weighting
from .components import Meeting, speed_is_measured
from .found import MOST_MEASURED, Found, Hardware
from .scoring import Scored


def notes(found: Found, result: Scored, asked: Weighting, ranks: Sequence[int]) -> Iterator[str]:
    """What was not counted, what is not known of some, on what speeds stand, and a tie that is cut.

    ``asked``: the weights before any criterion was dropped.
    """
    n = len(found.meeting)
    for name, weight in asked.weights:
        known = result.known[name]
        if name in result.dropped and known and weight:
            yield f"{name}: known of {known:,} of {n:,}: not counted for any of them"
    for name, weight in result.weighting.weights:
        without = n - result.known[name]
        if without and weight:
            yield f"{name}: not known of {without:,} of {n:,}, which count with the others' lowest"
    if found.hardware is not None:
        yield from _of_hardware(found.meeting, found.hardware)
    k = found.wanted.top_k
    if len(ranks) > k and ranks[k] == ranks[k - 1]:
        yield f"--top-k {k} cuts a tie: {ranks[k:].count(ranks[k]):,} more have rank {ranks[k]}"


def _of_hardware(meeting: Sequence[Meeting], hardware: Hardware) -> Iterator[str]:
    n, measured = len(meeting), sum(m.speed is not None for m in meeting)
    if speed_is_measured(meeting):
        yield f"speed: measured of all {n:,} on {hardware.target.name}, each with an input of its own"
    elif measured:
        yield (
            f"speed: {measured:,} of {n:,} have results on {hardware.target.name}, which are shown; estimated"
            " from size it counts for all, as what is measured can't be held against a bound"
        )
    if len(hardware.looked_at) == MOST_MEASURED:
        yield f"results were looked at of the {MOST_MEASURED} models with the most downloads only"
