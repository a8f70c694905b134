"""What a user may ask of the gate, and the least change that counts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from ...kernels.threshold import LEAST
from .errors import GateError

FEWEST_PAIRS = 8  # with fewer, no 99 % interval of a median exists
MORE_PAIRS = 4  # at a time, while undecided
COUNTER_CHANGE = LEAST["counter"]

Machine = Literal["shared", "quiet"]
Instructions = Literal["auto", "callgrind"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How one invocation judges. Raises GateError for what can't be meant."""

    pairs: int = FEWEST_PAIRS  # at first
    most_pairs: int = 24  # or ``pairs``, where those are more
    strict: bool = False  # whether what is open fails
    threshold: float | None = None  # δ₀ of times, 0.02 = 2 %; None = by machine and device
    machine: Machine = "shared"
    seed: int = 0
    deadline_s: float = 600.0  # of one process
    instructions: Instructions = "auto"  # by the processor's counter where it has one, or by valgrind

    def __post_init__(self) -> None:
        if self.pairs < FEWEST_PAIRS:
            raise GateError(
                f"{self.pairs} pairs can't decide: no 99 % interval exists below {FEWEST_PAIRS}; "
                f"ask for {FEWEST_PAIRS} or more"
            )
        if self.threshold is not None and not 0.0 < self.threshold < math.inf:
            raise GateError("a threshold has to be larger than 0, as 2% or 0.02")
        if not 0.0 < self.deadline_s < math.inf:
            raise GateError("a deadline has to be a number of seconds larger than 0")
        if self.seed < 0:
            raise GateError("a seed has to be 0 or a larger whole number")
        object.__setattr__(self, "most_pairs", max(self.most_pairs, self.pairs))

    def least_change(self, device_kind: str) -> float:
        """δ₀ of a time measured on a device of that kind: 0.05 = 5 %."""
        if self.threshold is not None:
            return self.threshold
        return LEAST["gpu" if device_kind == "cuda" else self.machine]


def change(text: str) -> float:
    """0.02 of "2%" or "0.02". Raises ValueError."""
    number = text.strip().removesuffix("%")
    return float(number) / (1.0 if number == text.strip() else 100.0)
