"""Where a figure lies along an axis, and at which round figures the axis is marked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

STEPS = (1.0, 2.0, 5.0, 10.0)
MOST_TICKS = 6
LARGEST = 1e300  # beyond it marks have no numbers


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from ``low`` to ``high``, marked at ``ticks``; ``log``: by powers of ten."""

    low: float
    high: float
    ticks: tuple[float, ...]
    log: bool = False

    def at(self, value: float) -> float:
        """The figure's place, 0 at the axis' start and 1 at its end."""
        low, high, value = (math.log10(x) if self.log else x for x in (self.low, self.high, value))
        return min(max((value - low) / (high - low), 0.0), 1.0)


def scale(values: Sequence[float], *, log: bool = False, from_zero: bool = False) -> Scale:
    """An axis over finite ``values`` (at least one) that ends at round figures."""
    low, high = (min(max(end, -LARGEST), LARGEST) for end in (min(values), max(values)))
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    return _by_powers(max(low, 1 / LARGEST), max(high, 1 / LARGEST)) if log else _even(low, high)


def _even(low: float, high: float) -> Scale:
    """Marked each 1, 2 or 5 times a power of ten."""
    if high == low:
        around = abs(low) / 2 or 1.0
        low, high = (0.0, high * 2) if low > 0 else (low - around, high + around)
    step = _step((high - low) / (MOST_TICKS - 1))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(float(f"{n * step:.12g}") for n in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def _step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * step for step in STEPS if power * step >= rough * (1 - 1e-9))


def _by_powers(low: float, high: float) -> Scale:
    """Marked at powers of ten, or at 1, 2 and 5 times them where those are few."""
    first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
    if last <= first:
        last = first + 1
    if last - first > 2:
        every = -(-(last - first) // MOST_TICKS)
        ticks = [10.0**power for power in range(first, last + 1, every)]
        return Scale(10.0**first, 10.0**last, tuple(ticks), log=True)
    marks = [float(f"{step}e{power}") for power in range(first, last + 1) for step in (1, 2, 5)]
    start = max(mark for mark in marks if mark <= low * (1 + 1e-9))
    end = min((mark for mark in marks if mark >= high * (1 - 1e-9) and mark > start), default=10.0**last)
    return Scale(start, end, tuple(mark for mark in marks if start <= mark <= end), log=True)


def dates(days: Sequence[float]) -> tuple[Scale, tuple[str, ...]]:
    """An axis over dates by their days' numbers (at least one), with the texts of its ticks."""
    first, last = (date.fromordinal(round(end)) for end in (min(days), max(days)))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    every = next((m for m in (1, 2, 3, 6, 12) if months / m <= MOST_TICKS), 0)
    every = every or 12 * math.ceil(_step(months / 12 / MOST_TICKS))
    start = (first.year * 12 + first.month - 1) // every * every
    end = -(-(last.year * 12 + last.month) // every) * every
    marks = [_month(month) for month in range(start, end + 1, every)]
    texts = tuple(f"{mark.year}" if every % 12 == 0 else f"{mark:%Y-%m}" for mark in marks)
    ticks = tuple(float(mark.toordinal()) for mark in marks)
    return Scale(ticks[0], ticks[-1], ticks), texts


def _month(number: int) -> date:
    """The first day of a month that is counted from the year 0, or the calendar's own end."""
    year, month = divmod(number, 12)
    return date(year, month + 1, 1) if 1 <= year <= date.max.year else date.min if year < 1 else date.max
