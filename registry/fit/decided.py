"""Decided configurations: those that every candidate hardware ran, or tried without success.

Ranking runs over them, so that "not measured" never looks like "slow", and "out of memory" does count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from ..records import Configuration
from .configurations import agrees, order
from .outcomes import Outcomes, runs

ByHardware = Mapping[str, Outcomes]


def decided(hardware: ByHardware, axes: dict[str, Any]) -> tuple[Configuration, ...]:
    """K*: the configurations within the fixed axes on which all hardware is decided, in order.

    Empty where none of them runs anywhere: such a set compares nothing.
    """
    common = [k for k in known(hardware, axes) if all(h.of(k) for h in hardware.values())]
    anywhere = any(_runs(h, k) for h in hardware.values() for k in common)
    return tuple(sorted(common, key=order)) if anywhere else ()


def known(hardware: ByHardware, axes: dict[str, Any]) -> set[Configuration]:
    """Every configuration within the fixed axes that any hardware has decided itself."""
    return {k for h in hardware.values() for k in h.own if agrees(k, axes)}


def undecided_on(hardware: ByHardware, k: Configuration) -> list[str]:
    """The hardware that has not measured ``k``, by name."""
    return sorted(name for name, h in hardware.items() if h.of(k) is None)


def largest_without(hardware: ByHardware, axes: dict[str, Any]) -> tuple[str, int] | None:
    """The hardware whose absence makes K* largest, and that size; None where no one absence helps.

    Where K* is empty. At least two others must be left, else nothing is compared.
    """
    gains: Counter[str] = Counter()
    for k in known(hardware, axes):
        missing = undecided_on(hardware, k)
        if len(missing) == 1 and any(_runs(h, k) for name, h in hardware.items() if name != missing[0]):
            gains[missing[0]] += 1
    if len(hardware) < 3 or not gains:
        return None
    return min(gains.items(), key=lambda gain: (-gain[1], gain[0]))


def _runs(h: Outcomes, k: Configuration) -> bool:
    e = h.own.get(k)
    return e is not None and runs(e)
