"""Numbers of parameters as people write them: ``7B``, ``350M``, ``1B-10B``, ``<1B``, ``>100B``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import QuestionError

_UNITS = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
_COUNT = re.compile(r"(\d{1,18}(?:\.\d{1,9})?) ?([KMBT]?)", re.IGNORECASE)
_RANGE = re.compile(r"(?P<less><)(?P<most>.+)|(?P<more>>)(?P<least>.+)|(?P<low>.+?)\s*[-–]\s*(?P<high>.+)")


@dataclass(frozen=True, slots=True)
class SizeRange:
    """Which numbers of parameters are meant; None is no bound."""

    least: int | None
    most: int | None
    open: bool  # whether the bounds themselves are left out


def parameter_count(text: str) -> int:
    """7,000,000,000 of ``7B``. Raises QuestionError."""
    found = _COUNT.fullmatch(text.strip().replace(",", ""))
    count = round(float(found[1]) * _UNITS[found[2].upper()]) if found else 0
    if not 0 < count < 2**63:
        raise QuestionError(f'a number of parameters such as 7B or 350M is needed, not "{text[:40]}"')
    return count


def parameter_range(text: str) -> SizeRange:
    """The range of ``1B-10B`` (both ends in it), ``<1B``, ``>100B``, or exactly ``7B``.

    Raises QuestionError.
    """
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        count = parameter_count(text)
        return SizeRange(count, count, open=False)
    if found["less"]:
        return SizeRange(None, parameter_count(found["most"]), open=True)
    if found["more"]:
        return SizeRange(parameter_count(found["least"]), None, open=True)
    least, most = parameter_count(found["low"]), parameter_count(found["high"])
    if least > most:
        raise QuestionError(f'"{text[:40]}" begins above its end: write the smaller number first')
    return SizeRange(least, most, open=False)
