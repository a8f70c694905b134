"""How many devices reach a rate: whole ones, with what the throughput's interval leaves open."""

from __future__ import annotations

import math
from dataclasses import replace

from ..answers import Question, Recommendation
from ..errors import QuestionError

ROUNDING = 1e-12  # 500/s of 100/s each are 5 devices, also where the division says 5.000000000000001


def check_unit(question: Question, throughput_unit: str) -> None:
    """Raises QuestionError where the rate counts other things than the group's throughput.

    ``samples`` agrees with ``samples/s``; where the rate names no unit, it is the group's.
    """
    held = throughput_unit.partition("/")[0]
    asked = question.target_unit
    if question.target_rate is not None and asked is not None and asked != held:
        raise QuestionError(
            f"--target-rate counts {asked}, the results of {question.model} count {held}: "
            f"give the rate in {held}"
        )


def with_devices(row: Recommendation, question: Question) -> Recommendation:
    """The row with the devices that the target rate needs, fewest and most by the interval; or as it is."""
    rate = question.target_rate
    if rate is None:
        return row
    group = row.configuration.n_devices
    return replace(
        row,
        devices=needed(rate, row.throughput, group),
        devices_low=needed(rate, row.throughput_high, group),
        devices_high=needed(rate, row.throughput_low, group),
    )


def needed(rate: float, throughput: float | None, devices: int = 1) -> int | None:
    """⌈rate / throughput⌉ sets of ``devices``, at least one; None where the throughput is not known.

    Both in units/s; the throughput is that of one set.
    """
    if throughput is None or not 0.0 < throughput < math.inf:
        return None
    return max(1, math.ceil(rate / throughput * (1.0 - ROUNDING))) * devices
