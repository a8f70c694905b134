"""``fitment lineage growth``: models and edges by month."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE
from ...registry.report.listing import FORMATS
from .lineage import add_answer, add_view, opened, view
from .output import put

DEFINITION = (
    "A model belongs to the month of its creation, by UTC, an edge to that of its child's, by the edge's"
    " label. A month that brought no model is not shown. What has no date is counted apart. JSON and CSV also"
    " have all there was at a month's end, label by label."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.epilog = DEFINITION
    add_view(parser)
    add_answer(parser, FORMATS)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError."""
    from ...registry.lineage.analyses.growth import growth
    from ...registry.report.lineage.counts import growth_text

    put(growth_text(growth(opened(args), view(args)), args.format), args)
    return DONE
