"""Whether popularity predicts reuse: are models that are downloaded more, or liked, made into others more?

**Definition.** Spearman's ρ and Kendall's τ-b between downloads (and likes) and the number of children (and
descendants) along a view: over all models that say their downloads (or likes), and over those of them that
have at least one child. The children of a model are the other models that it is a parent of, its
descendants all other models that a way leads to; a model without any counts with 0. Equals share the mean
of their ranks (ρ) and count in neither column's pairs (τ-b): nearly all models have no child, so that over
all models both stay far from 1 even where popularity decides everything. They say how two orders agree, not
what causes what.

The 95 % intervals are those of an ordinary bootstrap: all n models are resampled n times with replacement,
nothing is subsampled, and the percentiles of the replicates are taken. A resample is drawn as counts of the
models that agree in all four figures, which is the same distribution. Resampling models takes them to be
independent, and a child is never independent of its parent: the intervals are rather too narrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ....kernels.descendant_counts import UNKNOWN, descendant_counts
from ....kernels.distinct_rows import distinct_rows
from ....kernels.rank_correlation import rank_correlations, resampled_rank_correlations
from ..ecosystem import Ecosystem, Floats
from ..kinds import ALL, View
from .offspring import children_counts, to_others

REPLICATES = 400
FEWEST = 20  # models that an interval takes: of fewer, percentiles of resamples claim too much
CONFIDENCE = 0.95
POPULARITY = ("downloads", "likes")
REUSE = ("children", "descendants")
_PAIRS = tuple((i, 2 + j) for i in range(2) for j in range(2))


@dataclass(frozen=True, slots=True)
class Correlation:
    """One coefficient; None where one of the two figures is the same for all models."""

    popularity: str  # one of POPULARITY
    reuse: str  # one of REUSE
    over: str  # "all models" or "with a child"
    coefficient: str  # "spearman" or "kendall"
    models: int  # that say both
    value: float | None
    low: float | None  # of the interval; None of fewer than 20 models, or where no replicate has a value
    high: float | None
    replicates: int  # that have one: in some resamples all models may be alike


@dataclass(frozen=True, slots=True)
class PopularityAndReuse:
    """The coefficients, and what they were made of."""

    view: str
    correlations: tuple[Correlation, ...]
    models: int
    with_child: int
    uncounted: int  # models whose descendants would have taken too long to count: left out of those questions
    replicates: int  # that were asked for
    seed: int


def popularity_and_reuse(
    ecosystem: Ecosystem, view: View = ALL, *, replicates: int = REPLICATES, seed: int = 0
) -> PopularityAndReuse:
    """How the orders by popularity and by reuse along ``view`` agree."""
    chosen, edges = to_others(ecosystem, view), ecosystem.edges
    children = children_counts(ecosystem, view)
    below = descendant_counts(edges.parent[chosen], edges.child[chosen], len(ecosystem))
    descendants = np.where(below == UNKNOWN, np.nan, below)
    columns = np.stack([ecosystem.downloads, ecosystem.likes, children, descendants])
    groups = {"all models": columns, "with a child": columns[:, children > 0]}
    return PopularityAndReuse(
        view=view.name,
        correlations=tuple(
            each for over, held in groups.items() for each in _correlations(over, held, replicates, seed)
        ),
        models=len(ecosystem),
        with_child=int((children > 0).sum()),
        uncounted=int((below == UNKNOWN).sum()),
        replicates=replicates,
        seed=seed,
    )


def _correlations(over: str, columns: Floats, replicates: int, seed: int) -> Iterator[Correlation]:
    rows = distinct_rows(columns)
    found = rank_correlations(rows.columns, _PAIRS, rows.counts)
    again = resampled_rank_correlations(rows.columns, _PAIRS, rows.counts, replicates=replicates, seed=seed)
    for p, (x, y) in enumerate(_PAIRS):
        for name, values, drawn in (
            ("spearman", found.spearman, again.spearman),
            ("kendall", found.kendall, again.kendall),
        ):
            low, high = _interval(drawn[p]) if found.n[p] >= FEWEST else (None, None)
            yield Correlation(
                popularity=POPULARITY[x],
                reuse=REUSE[y - 2],
                over=over,
                coefficient=name,
                models=int(found.n[p]),
                value=None if np.isnan(values[p]) else float(values[p]),
                low=low,
                high=high,
                replicates=int((~np.isnan(drawn[p])).sum()),
            )


def _interval(drawn: Floats) -> tuple[float | None, float | None]:
    """Both ends of the percentile interval of the replicates that have a value."""
    known = drawn[~np.isnan(drawn)]
    if not known.size:
        return None, None
    low, high = np.quantile(known, [0.5 - CONFIDENCE / 2, 0.5 + CONFIDENCE / 2])
    return float(low), float(high)
