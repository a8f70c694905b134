"""Whether the noise of a pass is known as well as it will be: nvbench's test for a plateau.

Source: nvbench's stdrel criterion (stdrel_criterion.cxx). After each sample a reading is taken: the standard
deviation of all samples so far, relative to their mean. Once the last readings, up to 512 of them, stay
close to the latest one, more samples would tell little that is new.
"""

from __future__ import annotations

import math
from collections import deque

import numpy as np
from numpy.typing import NDArray

FIRST_READING = 5  # samples; nvbench gives fewer no standard deviation
LEAST_READINGS = 64
MOST_READINGS = 512
TESTED_EACH = 16  # samples
SPREAD = 0.05


class Noise:
    """The readings of one pass, taken as its samples come in."""

    def __init__(self) -> None:
        self._readings: deque[float] = deque(maxlen=MOST_READINGS)
        self._n = 0
        self._mean = 0.0
        self._squares = 0.0  # of the deviations from the mean, summed [Welford 1962]

    def add(self, seconds: float) -> None:
        """Takes a reading that includes this sample."""
        self._n += 1
        before = seconds - self._mean
        self._mean += before / self._n
        self._squares += before * (seconds - self._mean)
        if self._n >= FIRST_READING and self._mean > 0:
            self._readings.append(math.sqrt(self._squares / (self._n - 1)) / self._mean)

    def is_settled(self) -> bool:
        """Whether this is a sample at which one tests, and the readings have settled."""
        return self._n % TESTED_EACH == 0 and has_settled(np.array(self._readings))


def has_settled(readings: NDArray[np.float64]) -> bool:
    """Whether at least 64 readings have a standard deviation below 5 % of the latest, taken around it.

    Around the latest, as nvbench does, and not around their mean: a slow creep is no plateau.
    """
    if len(readings) < LEAST_READINGS:
        return False
    latest = float(readings[-1])
    squares = float(((readings - latest) ** 2).sum()) / (len(readings) - 1)
    return math.sqrt(squares) < SPREAD * latest
