"""The sections of a page on a lineage that count: by value, by model, by family."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ... import units
from ...lineage.analyses.families import Families
from ...lineage.analyses.fertility import Fertility
from ...lineage.analyses.reuse import PopularityAndReuse
from ...lineage.analyses.top_models import TopModels, TopParents
from ...lineage.analyses.top_traits import TopValues
from ..charts import Axis, Bars
from ..document import Section
from ..listing import Columns
from ..text_table import Table
from .counts import MODELS, PARENTS, models_lines, parents_lines, values_lines
from .families import FAMILIES, FERTILITY
from .popularity import CORRELATIONS, reuse_lines
from .words import several

_FIGURE = re.compile(r"[+-]?[0-9][0-9,.]*%?( … -?[0-9][0-9,.]*%?)?|–")  # or an interval, or none


def as_table(rows: Iterable[object], columns: Columns) -> Table | None:
    """The table that a terminal would show, as part of a page; None without rows."""
    cells = tuple(tuple(_cell(value(row)) for value in columns.values()) for row in rows)
    figures = (all(map(_FIGURE.fullmatch, column)) for column in zip(*cells, strict=True))
    right = frozenset(name for name, is_right in zip(columns, figures, strict=False) if is_right)
    return Table(tuple(columns), cells, right) if cells else None


def _cell(value: object) -> str:
    return units.ABSENT if value is None or value == "" else str(value)


def values(found: tuple[TopValues, ...]) -> Section:
    """The licences, languages, tasks and libraries that most models say."""
    return Section(
        "What models say",
        (
            "A model that says two values counts once under each.",
            *(f"{each.trait.capitalize()}: {line}." for each in found for line in values_lines(each)),
        ),
        charts=tuple(
            Bars(
                f"Models by {each.trait}, n = {each.told:,}",
                Axis("models"),
                tuple((value.value, value.models) for value in each.values),
                adds=False,
                others=(each.distinct - len(each.values), 0.0) if each.distinct > len(each.values) else None,
            )
            for each in found
        ),
    )


def parents(found: TopParents) -> Section:
    """The models that most others were made from."""
    said = tuple(map(sentence, parents_lines(found)))
    return Section("Parents with most children", said, as_table(found.parents, PARENTS))


def models(found: TopModels) -> Section:
    """The models that are downloaded most."""
    said = tuple(map(sentence, models_lines(found)))
    return Section("Models with most downloads", said, as_table(found.models, MODELS))


def families(found: Families) -> Section:
    """The largest families."""
    lines = (
        "A family is a set of models between which a way leads along the edges, in any direction; it is named"
        " by the root that is oldest, then most downloaded.",
        f"{several(found.matching, 'family', 'families')} of at least two models, together"
        f" {found.matching_models:,} of {several(found.all_models, 'model')}.",
    )
    chart = Bars(
        "Models of the largest families",
        Axis("models"),
        tuple((family.root, family.models) for family in found.families),
        others=_other_families(found),
    )
    return Section("Families", lines, as_table(found.families, FAMILIES), charts=(chart,))


def _other_families(found: Families) -> tuple[int, float] | None:
    rest = found.matching - len(found.families)
    shown = sum(family.models for family in found.families)
    return (rest, float(found.matching_models - shown)) if rest else None


def fertility(found: tuple[Fertility, ...]) -> Section:
    """Which children have children."""
    chart = Bars(
        "Children that have children, by kind",
        Axis("of the children", "%"),
        tuple((each.kind, None if each.share is None else 100 * each.share) for each in found),
        adds=False,
    )
    line = "Of the models that were made by edges of a kind, the share that others were made from in turn."
    return Section("Children of children", (line,), as_table(found, FERTILITY), charts=(chart,))


def reuse(found: PopularityAndReuse) -> Section:
    """Whether popularity predicts reuse."""
    lines = (
        "How far the order of models by downloads or likes agrees with that by children or descendants: 1 is"
        " the same order, −1 the opposite. As nearly all models have no child, it stays far from 1 over all"
        " models whatever popularity does.",
        *map(sentence, reuse_lines(found)),
    )
    return Section("Popularity and reuse", lines, as_table(found.correlations, CORRELATIONS))


def sentence(line: str) -> str:
    """The line as a sentence of a page."""
    return f"{line[:1].upper()}{line[1:]}."
