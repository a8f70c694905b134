"""How an ecosystem grew: models and edges by month.

**Definition.** A model belongs to the month of its creation, by UTC, an edge to that of its child's,
whenever the parent came. A month that brought no model has no entry: without models there are no edges
either. What has no date is in no month and in no total; it is counted apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ..ecosystem import Ecosystem
from ..kinds import ALL, LABELS, View
from .months import first_day, month_numbers


@dataclass(frozen=True, slots=True)
class Month:
    """What came in one month, and all there was at its end (``…_total``)."""

    month: date  # its first day
    models: int
    models_total: int
    edges: int  # whose child came in this month
    edges_total: int
    finetune: int  # edges so labelled, here and below
    finetune_total: int
    quantized: int
    quantized_total: int
    adapter: int
    adapter_total: int
    merge: int
    merge_total: int
    untyped: int
    untyped_total: int


@dataclass(frozen=True, slots=True)
class Growth:
    """Models and edges by month, in order of time; those without a date apart."""

    view: str
    months: tuple[Month, ...]
    models: int  # with a date
    models_undated: int
    edges: int  # of the view, whose child has a date
    edges_undated: int


def growth(ecosystem: Ecosystem, view: View = ALL) -> Growth:
    """How many models and edges of ``view`` each month brought."""
    dated = ~np.isnat(ecosystem.created)
    month = month_numbers(ecosystem.created)
    edges = ecosystem.edges
    of_view = edges.mask(view)
    counted = of_view & dated[edges.child]
    known, models = np.unique(month[dated], return_counts=True)
    place = np.searchsorted(known, month[edges.child[counted]])
    columns = [models, np.bincount(place, minlength=known.size)]
    label = edges.label[counted]
    columns += [
        np.bincount(place[label == bit], minlength=known.size)
        for bit in sorted(LABELS, key=lambda bit: bit or 256)  # untyped last, as the fields of Month
    ]
    return Growth(
        view.name,
        _months(known, columns),
        int(dated.sum()),
        int((~dated).sum()),
        int(counted.sum()),
        int(of_view.sum() - counted.sum()),
    )


def _months(known: NDArray[np.int64], columns: list[NDArray[np.int64]]) -> tuple[Month, ...]:
    both = (each.tolist() for column in columns for each in (column, np.cumsum(column)))
    return tuple(
        Month(first_day(month), *counts) for month, *counts in zip(known.tolist(), *both, strict=True)
    )
