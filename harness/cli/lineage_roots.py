"""``fitment lineage roots``: where a model comes from, or all models do."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ...registry.errors import DONE
from .lineage import opened, put_lines, view
from .lineage_question import add_question, answer
from .options import WordsError

if TYPE_CHECKING:
    from ...registry.lineage.ecosystem import Ecosystem
    from ...registry.lineage.questions.relatives import Answer

SHOWN = 20  # in a table of all roots


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.description = (
        "Shows the roots above a model, the nearest first: models without parents; of a cycle into which no"
        " edge leads, each member. The canonical one is the oldest, then the most downloaded, then the first"
        " by name. Without a MODEL: the roots of all, those of the most descendants first."
    )
    add_question(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code: 2 where a model of a file is unknown. Raises NoResultsError, UnknownNameError."""
    from ...registry.lineage.questions.origins import roots
    from ...registry.lineage.questions.relatives import Answer

    if args.model is None and args.models is None:
        return _all(args)

    def of(ecosystem: Ecosystem, model: int) -> Answer:
        found = roots(ecosystem, model, view=view(args))
        return Answer(model, found.models, found.hops, found.edges, found.canonical)

    return answer(args, ("root", "roots"), of)


def _all(args: argparse.Namespace) -> int:
    from ...registry.lineage.questions.founders import founders
    from ...registry.report.lineage.founders import founder_lines

    if args.format in ("dot", "graphml"):
        raise WordsError(f"--format {args.format} shows the roots of one MODEL: name it, or take json or csv")
    limit = args.limit or (SHOWN if args.format == "table" else None)
    found = founders(opened(args), view=view(args), limit=limit)
    put_lines(founder_lines(found, view(args), args.format), args)
    return DONE
