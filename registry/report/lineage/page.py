"""A lineage as a page: what there is, how it grew, what is most used, how it changes from parent to child."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from ...lineage.analyses.overview import Overview
from ..document import Document, Section
from ..export import json_text
from ..text_table import Table
from .change_sections import cards, drifts, mutation, orderings
from .families import several
from .growth_section import growth
from .sections import families, fertility, models, parents, reuse, values

JSON_FORMAT = "fitment.lineage"
JSON_VERSION = 1


def to_json(found: Overview) -> str:
    """Every figure as one JSON object: format and version, then the fields of ``Overview`` by name."""
    return json_text({"format": JSON_FORMAT, "version": JSON_VERSION} | _plain(asdict(found)))


def lineage_document(found: Overview) -> Document:
    """The page's sections, each with what it counts."""
    return Document(
        "A lineage of models",
        (
            _totals(found),
            growth(found.growth),
            values(found.values),
            parents(found.parents),
            models(found.downloaded),
            families(found.families),
            fertility(found.fertility),
            mutation(found.mutation_rates),
            drifts(found.drifts),
            *orderings(found.orderings),
            cards(found.cards),
            reuse(found.reuse),
        ),
    )


def _totals(found: Overview) -> Section:
    labels = tuple(
        (name, f"{n:,}", f"{n / found.edges:.1%}" if found.edges else "")
        for name, n in found.by_label.items()
    )
    return Section(
        "What there is",
        (
            f"{several(found.models, 'model')} and {several(found.edges, 'edge')} from parent to child,"
            f" {found.self_loops:,} of them from a model to itself.",
            *((f"Built from {found.file}, sha256 {found.sha256}.",) if found.file else ()),
        ),
        Table(("edges labelled", "edges", "of all"), labels, frozenset({"edges", "of all"})),
    )


def _plain(value: Any) -> Any:
    """Dates and times as ISO 8601."""
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, datetime):
        return f"{value.isoformat()}Z"
    return value.isoformat() if isinstance(value, date) else value
