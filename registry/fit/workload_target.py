"""The rate of a whole mix, and how many devices reach the one that is asked for.

A unit of the mix is ``share`` units of each part, so a device that does one part after the other needs
Σ share / throughput seconds for it: the mean of the throughputs is the harmonic one. The ends of the
intervals add up likewise, as if all parts lay at the same end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..answers import Question
from ..workloads import MixPart, MixRow
from .target import needed


def with_rate(row: MixRow, shares: Sequence[float], question: Question) -> MixRow:
    """The row with the rate of the whole mix and the devices that it needs, where all parts run.

    ``shares``: of each part, summing to 1; their units must be the same. A set of devices is the smallest
    that holds the sets of each part; a price is one where all parts have the same.
    """
    if any(part.configuration is None for part in row.parts):
        return row
    devices = device_set(row.parts)
    rates: dict[str, Any] = {
        name: mix_rate([getattr(part, name) for part in row.parts], shares, _copies(row.parts, devices))
        for name in ("throughput", "throughput_low", "throughput_high")
    }
    prices = {part.usd_per_device_hour for part in row.parts}
    bases = {part.interval_basis for part in row.parts}
    known = None not in (rates["throughput_low"], rates["throughput_high"])
    found = replace(
        row,
        **rates,
        interval_basis=("samples" if "samples" in bases else "processes") if known else None,
        usd_per_device_hour=prices.pop() if len(prices) == 1 else None,
    )
    rate = question.target_rate
    if rate is None:
        return found
    return replace(
        found,
        devices=needed(rate, found.throughput, devices),
        devices_low=needed(rate, found.throughput_high, devices),
        devices_high=needed(rate, found.throughput_low, devices),
    )


def mix_rate(
    throughputs: Sequence[float | None], shares: Sequence[float], copies: Sequence[int]
) -> float | None:
    """Units of the mix a second, 1 / Σ share / (copies · throughput); None where one is not known.

    ``copies``: how many sets of each part's devices work side by side.
    """
    known = [t for t in throughputs if t is not None and 0.0 < t < math.inf]
    if len(known) < len(throughputs):
        return None
    if len(known) == 1:  # of one it is that one, to the bit
        return copies[0] * known[0]
    return 1.0 / math.fsum(s / (c * t) for t, s, c in zip(known, shares, copies, strict=True))


def device_set(parts: Sequence[MixPart]) -> int:
    """The smallest number of devices that each part's configuration divides."""
    return math.lcm(*(part.configuration.n_devices for part in parts if part.configuration))


def _copies(parts: Sequence[MixPart], devices: int) -> list[int]:
    return [devices // part.configuration.n_devices for part in parts if part.configuration]
