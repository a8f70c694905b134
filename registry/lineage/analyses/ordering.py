"""The order of a trait's values that agrees with the way it drifts.

**Definition.** An arc of ``drift.py`` agrees with an order of the values where its source stands before its
target. The ordering is the order with which most arcs agree or, weighted, the order whose agreeing arcs have
most traffic, and with it most mutations: it leads from what models start with to what their children end
with. It is exact, found by dynamic programming over all subsets (``kernels/orderings.py``), and therefore of
at most 20 values. Values without an arc could stand anywhere and are left out.

Of several orders that are as good, and how many there are is said, the one is shown whose first value is said
by most models, then its second, and so on.

The mutations that agree are those, of all between the ordered values both ways, that lead from an earlier
value to a later one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...errors import QuestionError
from ..ecosystem import Ecosystem
from ..kinds import VIEWS, View
from .drift import Arc, arcs_of
from .mutations import TOP, mutations

MOST = 20  # values: kernels/orderings.py takes no more


@dataclass(frozen=True, slots=True)
class Ordered:
    """One value in its place, and the traffic between it and the others."""

    place: int  # from 1
    value: str
    out: int  # traffic of the arcs that start at it
    into: int  # and of those that end at it


@dataclass(frozen=True, slots=True)
class Ordering:
    """The values of one trait in the order that agrees best with its arcs."""

    trait: str
    view: str
    weighted: bool
    order: tuple[Ordered, ...]
    without_arcs: tuple[str, ...]  # values that are left out
    arcs: int
    arcs_agreed: int
    mutations: int  # between the ordered values, both ways
    mutations_agreed: int
    orders: int  # that are as good, this one among them; 1 where it is the only one
    against: tuple[Arc, ...]  # the arcs that don't agree, most traffic first


def ordering(
    ecosystem: Ecosystem,
    trait: str,
    view: View = VIEWS["finetune"],
    top: int = TOP,
    *,
    weighted: bool = False,
) -> Ordering:
    """The ordering of the ``top`` values of one of ``ecosystem.TRAITS`` along ``view``.

    Raises QuestionError for fewer than 1 or more than 20 values.
    """
    if top > MOST:
        raise QuestionError(f"an order is found of at most {MOST} values, not {top:,}: say --top {MOST}")
    from ....kernels.orderings import best_order

    found = mutations(ecosystem, trait, view, top)
    ahead = np.maximum(found.net, 0)
    placed = np.flatnonzero(ahead.any(axis=0) | ahead.any(axis=1))
    traffic = ahead[np.ix_(placed, placed)]
    best = best_order(traffic if weighted else np.sign(traffic))
    chosen = placed[best.order]
    values = [found.values[at] for at in chosen.tolist()]
    arcs, later = arcs_of(found), {value: place for place, value in enumerate(values)}
    against = tuple(arc for arc in arcs if later[arc.source] > later[arc.target])
    counts = found.counts[np.ix_(chosen, chosen)]
    return Ordering(
        trait=trait,
        view=view.name,
        weighted=weighted,
        order=_ordered(values, traffic[np.ix_(best.order, best.order)]),
        without_arcs=tuple(value for value in found.values if value not in later),
        arcs=len(arcs),
        arcs_agreed=len(arcs) - len(against),
        mutations=int(counts.sum()),
        mutations_agreed=int(np.triu(counts).sum()),
        orders=best.orders,
        against=against,
    )


def _ordered(values: list[str], traffic: NDArray[np.int64]) -> tuple[Ordered, ...]:
    out, into = traffic.sum(axis=1).tolist(), traffic.sum(axis=0).tolist()
    return tuple(Ordered(at + 1, value, out[at], into[at]) for at, value in enumerate(values))
