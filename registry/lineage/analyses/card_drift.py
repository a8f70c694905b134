"""How model cards change from parent to child.

**Definition.** Over the edges of a view (finetune edges unless another is asked for) at both of whose ends
the length of the card is known, in characters: the ratio of means is the children's mean length over the
parents' mean length; the mean of ratios is the mean of child over parent of each edge, beside their median.
A parent without a single character has no ratio; its edge counts in the means alone. The first ratio is
that of the long cards, the second that of a common edge, and they may lie on either side of 1. A card is
automatic where the file says that a program wrote it; the shares are of the edges at both of whose ends
that is said, and their difference is in percentage points. Every edge counts once, so a parent of a
thousand children counts a thousand times. Edges from a model to itself are left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..ecosystem import Ecosystem, Floats
from ..kinds import VIEWS, View
from .offspring import to_others


@dataclass(frozen=True, slots=True)
class CardDrift:
    """Cards of parents and children; None where there is nothing to take a mean of."""

    view: str
    edges: int  # of the view, from a model to another
    compared: int  # of these, edges with the length of both cards
    parent_mean: float | None  # characters, here and below
    child_mean: float | None
    parent_median: float | None
    child_median: float | None
    ratio_of_means: float | None
    mean_of_ratios: float | None
    median_ratio: float | None
    without_ratio: int  # compared edges whose parent's card is empty
    told: int  # edges that say of both cards whether a program wrote them
    parent_automatic: float | None  # share of these, here and below
    child_automatic: float | None
    automatic_points: float | None  # 100 · (children's − parents')


def card_drift(ecosystem: Ecosystem, view: View = VIEWS["finetune"]) -> CardDrift:
    """The drift of cards along ``view``."""
    chosen = to_others(ecosystem, view)
    parents, children = ecosystem.edges.parent[chosen], ecosystem.edges.child[chosen]
    before, after = _both(ecosystem.card_characters, parents, children)
    ratios = after[before > 0] / before[before > 0]
    means = _mean(before), _mean(after)
    was, became = _both(ecosystem.card_generated, parents, children)
    shares = _mean(was), _mean(became)
    return CardDrift(
        view=view.name,
        edges=parents.size,
        compared=before.size,
        parent_mean=means[0],
        child_mean=means[1],
        parent_median=_median(before),
        child_median=_median(after),
        ratio_of_means=means[1] / means[0] if means[0] and means[1] is not None else None,
        mean_of_ratios=_mean(ratios),
        median_ratio=_median(ratios),
        without_ratio=int((before == 0).sum()),
        told=was.size,
        parent_automatic=shares[0],
        child_automatic=shares[1],
        automatic_points=None if shares[0] is None or shares[1] is None else 100 * (shares[1] - shares[0]),
    )


def has_cards(ecosystem: Ecosystem) -> bool:
    """Whether any model says how long its card is, or who wrote it."""
    return any(not np.isnan(said).all() for said in (ecosystem.card_characters, ecosystem.card_generated))


def _both(said: Floats, parents: np.ndarray, children: np.ndarray) -> tuple[Floats, Floats]:
    before, after = said[parents], said[children]
    known = ~(np.isnan(before) | np.isnan(after))
    return before[known], after[known]


def _mean(values: Floats) -> float | None:
    return float(values.mean()) if values.size else None


def _median(values: Floats) -> float | None:
    return float(np.median(values)) if values.size else None
