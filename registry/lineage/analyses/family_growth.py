"""How families grew: their size by month.

**Definition.** A family is one of ``families.py``, as it is today; its size at the end of a month is the
number of its models that were created by then, by UTC. Two families that a later edge joined are one all
along. A month that brought it no model has no entry; models that don't say when they were made are in no
month.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from ..ecosystem import Ecosystem, Times
from ..kinds import ALL, View
from ..questions.standing import structure_along
from .families import LIMIT
from .family_members import LEAST, Members, largest, members
from .months import first_day, month_numbers


@dataclass(frozen=True, slots=True)
class FamilyMonth:
    """One month of one family."""

    root: str
    month: date  # its first day
    models: int  # that came in it
    models_total: int  # at its end
    undated: int  # models of the family that are in no month


def family_growth(
    ecosystem: Ecosystem,
    view: View = ALL,
    *,
    limit: int | None = LIMIT,
    least: int = LEAST,
    of: int | None = None,
) -> tuple[FamilyMonth, ...]:
    """The months of the ``limit`` largest families, the largest first; arguments as ``families``."""
    stand = structure_along(ecosystem, view)
    large, _ = largest(stand, least=least, of=of)
    shown = members(stand, large[:limit])
    roots = ecosystem.names.of(stand.root[shown.components])
    return tuple(
        FamilyMonth(roots[family], first_day(month), *counts)
        for family, month, *counts in _months(shown, ecosystem.created[shown.models])
    )


def _months(shown: Members, created: Times) -> Iterator[tuple[int, ...]]:
    """Of each family and month: which they are, the month since January 1970; and the figures."""
    dated = ~np.isnat(created)
    family, month = shown.place[dated], month_numbers(created[dated])
    undated = np.diff(shown.offsets) - np.bincount(family, minlength=shown.components.size)
    first = month.min(initial=0)
    months = month.max(initial=0) - first + 1
    keys, came = np.unique(family * months + (month - first), return_counts=True)
    family, month, so_far = keys // months, keys % months + first, np.cumsum(came)
    begins = np.searchsorted(family, family)
    total = so_far - (so_far - came)[begins]
    columns = family, month, came, total, undated[family]
    return zip(*(column.tolist() for column in columns), strict=True)
