"""Quantities as people read them: three significant digits, never fewer than the whole number has.

SI base units come in; milliseconds, megabytes (1e6 bytes) and the like exist only here.
"""

from __future__ import annotations

import math

ABSENT = "–"  # not measured; never 0
DIGITS = 3
SECONDS = ((1e-6, "µs"), (1e-3, "ms"), (1.0, "s"))
BORDERS = (0.05, 0.80, 0.95)  # of a tie group, of "likely", of "clear": kernels/rank_draws.py
BYTES = ((1e3, "kB"), (1e6, "MB"), (1e9, "GB"), (1e12, "TB"))


def number(value: float | None) -> str:
    """``value`` with three significant digits, whole numbers in full: 0.123, 12.3, 1,235, 188,344."""
    if value is None or not math.isfinite(value):
        return ABSENT
    if value == 0:
        return "0"
    magnitude = math.floor(math.log10(abs(_rounded(value))))
    return f"{value:,.{max(0, DIGITS - 1 - magnitude)}f}"


def count(value: int | None) -> str:
    """``value`` as a whole number with thousands separated."""
    return ABSENT if value is None else f"{value:,}"


def seconds(value: float | None) -> str:
    """A duration in µs, ms or s."""
    return _scaled(value, SECONDS)


def size(value: float | None) -> str:
    """Bytes in kB, MB, GB or TB (powers of ten)."""
    return _scaled(value, BYTES)


def share(value: float | None) -> str:
    """A part of the best in percent: ``72%``, ``2.4%``, ``0.09%``, ``<0.01%``, and ``best`` for 1."""
    if value is None or not math.isfinite(value):
        return ABSENT
    if value >= 1:
        return "best"
    percent = 100 * value
    if percent < 0.01:
        return "<0.01%"
    decimals = 0 if percent >= 9.95 else 1 if percent >= 0.995 else 2
    return f"{min(percent, 99.0) if decimals == 0 else percent:.{decimals}f}%"


def spread(low: float | None, high: float | None) -> str:
    """Half an interval in percent of its middle, two digits: ``±0.31%``, ``±12%``; empty without one.

    The middle is the geometric one, as intervals are made on the logarithm; from a factor of 2 on it is
    given as that: ``×÷2.4``.
    """
    if low is None or high is None or not 0 < low <= high < math.inf:
        return ""
    factor = math.sqrt(high / low)
    if factor >= 2:
        return f"×÷{factor:.2g}" if factor < 10 else f"×÷{factor:,.0f}"
    percent = 100 * (factor - 1)
    return f"±{percent:.{2 if percent < 0.995 else 1 if percent < 9.95 else 0}f}%"


def score(value: float | None) -> str:
    """A figure in [0, 1] with three decimals, so that columns of them line up."""
    return ABSENT if value is None or not math.isfinite(value) else f"{value:.3f}"


def probability(value: float | None) -> str:
    """Two decimals, and never certainty: ``0.97``, ``>0.99``, ``<0.01``.

    What is below the border of a word stays below it: 0.948 is ``0.94``, as it is not "clear".
    """
    if value is None or not math.isfinite(value):
        return ABSENT
    if value >= 0.995:
        return ">0.99"
    crossed = any(value < border <= round(value, 2) for border in BORDERS)
    return f"{value - 0.005 if crossed else value:.2f}" if value >= 0.005 else "<0.01"


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _scaled(value: float | None, units: tuple[tuple[float, str], ...]) -> str:
    if value is None or not math.isfinite(value):
        return ABSENT
    # rounded first, so that 999.96 ms is 1.00 s and not 1,000 ms
    fitting = [unit for unit in units if _rounded(abs(value)) >= unit[0]]
    factor, name = fitting[-1] if fitting else units[0]
    return f"{number(value / factor)} {name}"
