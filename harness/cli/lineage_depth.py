"""``fitment lineage depth``: how far a model is from the roots above it."""

from __future__ import annotations

import argparse

from .lineage import add_answer, add_view, opened, put_lines, view
from .lineage_question import add_models, asked


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.description = (
        "Shows how far a model is from the roots above it: its depth is the number of edges on the longest"
        " way from one, its generation that on the shortest. A cycle counts as one place, and is shown."
    )
    add_models(parser)
    add_view(parser)
    add_answer(parser, ("table", "json", "csv"))


def run(args: argparse.Namespace) -> int:
    """The exit code: 2 where a model of a file is unknown. Raises NoResultsError, UnknownNameError."""
    from ...registry.lineage.questions.standing import standings
    from ...registry.report.lineage.standings import standing_lines

    ecosystem = opened(args)
    whom = asked(args, ecosystem)
    if whom.models:
        found = standings(ecosystem, whom.models, view=view(args))
        put_lines(standing_lines(found, view(args), args.format), args)
    return whom.code
