"""How a lineage grew, and what is most frequent in it: as text, JSON or CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...lineage.analyses.growth import Growth, Month
from ...lineage.analyses.top_models import TopModel, TopModels, TopParent, TopParents
from ...lineage.analyses.top_traits import TopValue, TopValues
from ...lineage.analyses.trait_names import SINGULAR
from ..listing import Columns, listed
from ..model_text import lines
from .record import record_json
from .words import amount, percent, several

GROWTH: Columns = {
    "month": lambda month: f"{month.month:%Y-%m}",
    "models": lambda month: f"{month.models:,}",
    "all so far": lambda month: f"{month.models_total:,}",
    "edges": lambda month: f"{month.edges:,}",
    "all edges": lambda month: f"{month.edges_total:,}",
    "finetune": lambda month: f"{month.finetune:,}",
    "quantized": lambda month: f"{month.quantized:,}",
    "adapter": lambda month: f"{month.adapter:,}",
    "merge": lambda month: f"{month.merge:,}",
    "untyped": lambda month: f"{month.untyped:,}",
}
VALUES: Columns = {
    "value": lambda each: each.value,
    "models": lambda each: f"{each.models:,}",
    "of all": lambda each: percent(each.share),
    "of those that say one": lambda each: percent(each.share_of_told),
}
PARENTS: Columns = {
    "model": lambda each: each.model,
    "children": lambda each: f"{each.children:,}",
    "of the edges": lambda each: percent(each.share),
    "descendants": lambda each: None if each.descendants is None else f"{each.descendants:,}",
}
MODELS: Columns = {
    "model": lambda each: each.model,
    "downloads": lambda each: f"{each.downloads:,}",
    "of all": lambda each: percent(each.share),
    "likes": lambda each: amount(each.likes),
    "children": lambda each: f"{each.children:,}",
}


def growth_text(found: Growth, form: str) -> str:
    """The months as a table or CSV; as JSON with what is in none of them."""
    if form == "json":
        return record_json(found)
    return _text(found.months, form, GROWTH, Month, growth_lines(found))


def growth_lines(found: Growth) -> Iterator[str]:
    """What is in the months, and what is in none of them."""
    yield (
        f"{several(found.models, 'model')} with a date, {found.models_undated:,} without;"
        f" {several(found.edges, 'edge')} whose child has one, {found.edges_undated:,} whose child has none"
        f" (edges: {found.view})"
    )


def top_text(found: TopValues | TopParents | TopModels, form: str) -> str:
    """The first ones as a table or CSV; as JSON with what they are the first of."""
    if form == "json":
        return record_json(found)
    if isinstance(found, TopValues):
        return _text(found.values, form, VALUES, TopValue, values_lines(found))
    if isinstance(found, TopParents):
        return _text(found.parents, form, PARENTS, TopParent, parents_lines(found))
    return _text(found.models, form, MODELS, TopModel, models_lines(found))


def _text(rows: Sequence[Any], form: str, columns: Columns, kind: type[Any], said: Iterator[str]) -> str:
    """CSV, or a table where there are rows, with what is said below."""
    if form == "csv":
        return listed(rows, form, columns, kind)
    return (listed(rows, form, columns, kind) if rows else "") + lines(said)


def values_lines(found: TopValues) -> Iterator[str]:
    """Of how many values and models these are the first."""
    one = SINGULAR[found.trait]
    yield (
        f"{several(found.distinct, one, found.trait)}{_cut(len(found.values), found.distinct)};"
        f" {found.told:,} of {several(found.models, 'model')} say one"
    )
    if found.several:
        both = several(found.several, "model")
        yield f"{both} with several count once under each: the last column comes to over 100%"


def parents_lines(found: TopParents) -> Iterator[str]:
    """Of how many parents and edges these are the first."""
    yield (
        f"{several(found.distinct, 'model')} with a child{_cut(len(found.parents), found.distinct)};"
        f" {several(found.edges, 'edge')} from a model to another (edges: {found.view})"
    )


def models_lines(found: TopModels) -> Iterator[str]:
    """Of how many models and downloads these are the first."""
    yield (
        f"{several(found.told, 'model')}, {found.downloads:,} downloads{_cut(len(found.models), found.told)};"
        f" {several(found.untold, 'model')} without a figure; children along all edges"
    )


def _cut(shown: int, of: int) -> str:
    return f", the first {shown:,} shown" if shown < of else ""
