"""When a timed pass has seen enough."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ...kernels import percentiles
from ..profiles import Profile
from .medians import effective_size, median
from .plateau import Noise

FIRST_LOOK = 8  # samples
GROWTH = 1.5  # between one look and the next


class StopRule:
    """Watches one timed pass, sample by sample, and says when it has seen enough.

    A pass ends for ``precision`` when all of this holds: (a) ``enough`` samples, (b) the median's interval is
    narrow enough, (c) enough time is covered. This is looked at when the samples have grown by half. It ends
    on a ``plateau`` when their noise has settled; that is tested each 16 samples. It ends with the ``budget``
    whatever else holds.

    A plateau stands in for (b) alone. nvbench lets it end the pass; here (a) and (c) hold as well, or
    most noisy passes would end without the percentile that the profile asks for.
    """

    def __init__(
        self, profile: Profile, enough: Callable[[NDArray[np.float64]], bool], first_look: int
    ) -> None:
        self.samples: list[float] = []  # seconds per step
        self.total_s = 0.0
        self.spent_s = 0.0  # with what was spent beside the steps
        self.reason: str | None = None  # "precision", "plateau" or "budget" once the pass may end
        self._profile = profile
        self._enough = enough
        self._look = first_look
        self._noise = Noise()
        self._plateau_from = 0

    def add(self, seconds: float, steps: int, beside_s: float = 0.0) -> None:
        """Takes a sample of ``steps`` steps, ``seconds`` each; ``beside_s``: seconds of flushing for them."""
        self.samples.append(seconds)
        self.total_s += seconds * steps
        self.spent_s += seconds * steps + beside_s
        self._noise.add(seconds)
        looking = len(self.samples) >= self._look
        if looking:
            self._look = next_look(len(self.samples))
        if self.total_s >= self._profile.min_total_s:
            self.reason = self._precision() if looking else None
            self.reason = self.reason or self._plateau()
        if self.spent_s >= self._profile.budget_s:
            self.reason = self.reason or "budget"

    def _precision(self) -> str | None:
        samples = np.array(self.samples)
        narrow = median(samples).relative_half_width <= self._profile.relative_half_width
        return "precision" if narrow and self._enough(samples) else None

    def _plateau(self) -> str | None:
        n = len(self.samples)
        if n < self._plateau_from or not self._noise.is_settled():
            return None
        self._plateau_from = n + n // 8  # (a) sorts all samples: not each 16 of a hundred thousand
        return "plateau" if self._enough(np.array(self.samples)) else None


def latency_rule(profile: Profile) -> StopRule:
    """The rule of the latency pass: (a) is that the profile's highest percentile is known."""
    needed = percentiles.floor(profile.percentile, profile.confidence)
    return StopRule(profile, lambda samples: effective_size(samples) >= needed, FIRST_LOOK)


def throughput_rule(profile: Profile) -> StopRule:
    """The rule of the throughput pass, where a sample is a block: (a) is the least number of blocks.

    A block's time says nothing of a step's percentiles.
    """
    return StopRule(profile, lambda blocks: len(blocks) >= profile.min_blocks, profile.min_blocks)


def next_look(n: int) -> int:
    """At how many samples to look again."""
    return max(n + 1, math.ceil(n * GROWTH))
