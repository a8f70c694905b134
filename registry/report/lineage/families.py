"""The families of a lineage, how they grew, and which children have children: as text, JSON or CSV."""

from __future__ import annotations

from collections.abc import Iterator

from ...lineage.analyses.families import Families, Family
from ...lineage.analyses.family_growth import FamilyMonth
from ...lineage.analyses.fertility import Fertility
from ...lineage.kinds import LABELS
from ..listing import Columns, listed
from ..model_text import lines
from .words import day, interval, percent, several

_LICENCES = 3  # of a family, that a table shows


def _labels(family: Family) -> str:
    shares = {name: getattr(family, name) for name in LABELS.values()}
    ranked = sorted((name for name in shares if shares[name]), key=lambda name: -shares[name])
    return ", ".join(f"{name} {shares[name]:.0%}" for name in ranked)


def _licences(family: Family) -> str:
    shown = [f"{each.licence} {each.models:,}" for each in family.licences[:_LICENCES]]
    more = len(family.licences) - len(shown)
    return ", ".join([*shown, *([several(more, "other")] if more else [])])


FAMILIES: Columns = {
    "root": lambda family: family.root,
    "models": lambda family: f"{family.models:,}",
    "edges": lambda family: f"{family.edges:,}",
    "by label": _labels,
    "depth": lambda family: family.depth,
    "first": lambda family: day(family.first),
    "newest": lambda family: day(family.newest),
    "licences": _licences,
}
MONTHS: Columns = {
    "family": lambda month: month.root,
    "month": lambda month: f"{month.month:%Y-%m}",
    "models": lambda month: f"{month.models:,}",
    "all so far": lambda month: f"{month.models_total:,}",
}
FERTILITY: Columns = {
    "children by": lambda each: each.kind,
    "children": lambda each: f"{each.children:,}",
    "with children": lambda each: f"{each.fertile:,}",
    "share": lambda each: percent(each.share),
    "95% interval": lambda each: interval(each.low, each.high),
}


def families_text(found: Families, form: str) -> str:
    """The families in a format of ``listing``."""
    if form != "table":
        return listed(found.families, form, FAMILIES, Family)
    return listed(found.families, form, FAMILIES, Family) + lines(_counted(found))


def _counted(found: Families) -> Iterator[str]:
    shown = len(found.families)
    cut = f", the first {shown:,} shown" if found.matching > shown else ""
    yield (
        f"{several(found.matching, 'family', 'families')}{cut}, together {found.matching_models:,} of"
        f" {several(found.all_models, 'model')}"
        f" (edges: {found.view})"
    )


def growth_text(months: tuple[FamilyMonth, ...], form: str) -> str:
    """The months of families in a format of ``listing``."""
    text = listed(months, form, MONTHS, FamilyMonth)
    undated = {month.root: month.undated for month in months if month.undated}
    if form != "table" or not undated:
        return text
    return text + lines(
        f"{root}: {several(models, 'model')} without a date, in no month" for root, models in undated.items()
    )


def fertility_text(found: tuple[Fertility, ...], form: str) -> str:
    """The fertility of each kind in a format of ``listing``."""
    return listed(found, form, FERTILITY, Fertility)
