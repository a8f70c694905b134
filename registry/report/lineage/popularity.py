"""How cards drift, and whether popularity predicts reuse: as text, JSON or CSV."""

from __future__ import annotations

from collections.abc import Iterator

from ... import units
from ...lineage.analyses.card_drift import CardDrift
from ...lineage.analyses.reuse import CONFIDENCE, FEWEST, Correlation, PopularityAndReuse
from ..listing import Columns, listed
from ..model_text import lines
from .record import record_json
from .words import interval, percent, several

NO_CARDS = (
    "the file says nothing of model cards: build the lineage again from one with the column card, or with"
    " card_characters and card_generated"
)
CARDS: Columns = {
    "": lambda row: row[0],
    "parents": lambda row: row[1],
    "children": lambda row: row[2],
    "change": lambda row: row[3],
}
CORRELATIONS: Columns = {
    "popularity": lambda each: each.popularity,
    "reuse": lambda each: each.reuse,
    "over": lambda each: each.over,
    "models": lambda each: f"{each.models:,}",
    "coefficient": lambda each: each.coefficient,
    "value": lambda each: None if each.value is None else f"{each.value:.3f}",
    f"{CONFIDENCE:.0%} interval": lambda each: interval(each.low, each.high, ".3f"),
}


def cards_text(found: CardDrift, form: str) -> str:
    """Parents beside children as a table; every figure as a JSON object or one row of CSV."""
    if form == "csv":
        return listed([found], form, {}, CardDrift)
    if form == "json":
        return record_json(found)
    return listed(cards_rows(found), form, CARDS, tuple) + lines(cards_lines(found))


def cards_rows(found: CardDrift) -> list[tuple[str, str, str, str]]:
    """What is compared of parents, children, and how it changes."""
    points = found.automatic_points
    return [
        (
            "mean length, characters",
            units.number(found.parent_mean),
            units.number(found.child_mean),
            f"ratio of means {_ratio(found.ratio_of_means)}",
        ),
        (
            "median length, characters",
            units.number(found.parent_median),
            units.number(found.child_median),
            f"mean of ratios {_ratio(found.mean_of_ratios)}, median {_ratio(found.median_ratio)}",
        ),
        (
            "written by a program",
            percent(found.parent_automatic) or units.ABSENT,
            percent(found.child_automatic) or units.ABSENT,
            units.ABSENT if points is None else f"{points:+.1f} points",
        ),
    ]


def cards_lines(found: CardDrift) -> Iterator[str]:
    """Of how many edges that is."""
    yield (
        f"{found.compared:,} of {several(found.edges, 'edge')} with the length of both cards,"
        f" {found.told:,} that say who wrote both (edges: {found.view})"
    )
    if found.without_ratio:
        empty = several(found.without_ratio, "edge")
        yield f"{empty} whose parent's card is empty: in the means, but without a ratio"


def reuse_text(found: PopularityAndReuse, form: str) -> str:
    """The coefficients as a table or CSV; as JSON with what they were made of."""
    if form == "json":
        return record_json(found)
    text = listed(found.correlations, form, CORRELATIONS, Correlation)
    return text if form == "csv" else text + lines(reuse_lines(found))


def reuse_lines(found: PopularityAndReuse) -> Iterator[str]:
    """What the coefficients and their intervals were made of."""
    yield (
        f"{several(found.models, 'model')}, {found.with_child:,} of them with a child (edges: {found.view});"
        " spearman: ρ, kendall: τ-b"
    )
    yield (
        f"intervals, from {FEWEST} models on: percentiles of {several(found.replicates, 'resample')} of all"
        f" models that a row is about (seed {found.seed}); those of a family are not independent, so they"
        " are rather too narrow"
    )
    with_interval = [each.replicates for each in found.correlations if each.low is not None]
    fewest = min(with_interval, default=found.replicates)
    if fewest < found.replicates:
        yield f"in some resamples all were alike: of some questions only {fewest:,} have a value"
    if found.uncounted:
        yield f"{several(found.uncounted, 'model')} left out whose descendants take too long to count"


def _ratio(value: float | None) -> str:
    return units.ABSENT if value is None else f"{value:.3f}"
