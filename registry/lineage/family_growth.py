"""How families grew: their size by month.

**Definition.** A family is one of ``families.py``, as it is today; its size at the end of a month is the
number of its models that were created by then, by UTC. Two families that a later edge joined are one all
along. A month that brought it no model has no entry; models that don't say when they were made are in no
month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from .ecosystem import Ecosystem
from .families import LIMIT
from .family_members import LEAST, largest, members
from .kinds import ALL, View
from .standing import structure_of


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
    stand = structure_of(ecosystem, view)
    large, _ = largest(stand, least=least, of=of)
    shown = members(stand, large[:limit])
    roots = ecosystem.names.of(stand.root[shown.components])
    created = ecosystem.created[shown.models].astype("datetime64[M]")
    found: list[FamilyMonth] = []
    for root, (low, high) in zip(roots, pairwise(shown.offsets.tolist()), strict=True):
        dated = created[low:high][~np.isnat(created[low:high])]
        known, came = np.unique(dated, return_counts=True)
        undated = high - low - dated.size
        found += [
            FamilyMonth(root, *each, undated)
            for each in zip(known.tolist(), came.tolist(), np.cumsum(came).tolist(), strict=True)
        ]
    return tuple(found)
