"""A lineage as a page: what there is, how it grew, what is most used, how it changes from parent to child."""

from __future__ import annotations

from ...lineage.analyses.overview import Overview
from ..document import Document, Section
from ..text_table import Table
from .change_sections import cards, drifts, mutation, orderings
from .growth_section import growth
from .record import record_json
from .sections import families, fertility, models, parents, reuse, values
from .words import several

JSON_FORMAT = "fitment.lineage_report"
JSON_VERSION = 1


def to_json(found: Overview) -> str:
    """Every figure as one JSON object: format and version, then the fields of ``Overview`` by name."""
    return record_json(found, {"format": JSON_FORMAT, "version": JSON_VERSION})


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
