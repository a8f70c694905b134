"""``fitment lineage top``: the most frequent licences and the like, the most used parents and models."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ...registry.errors import DONE
from ...registry.lineage.analyses.trait_names import SINGULAR
from ...registry.report.listing import FORMATS
from .lineage import add_answer, add_view, opened, view
from .options import WordsError, positive
from .output import put

if TYPE_CHECKING:
    from ...registry.lineage.analyses.top_models import TopModels, TopParents
    from ...registry.lineage.analyses.top_traits import TopValues
    from ...registry.lineage.ecosystem import Ecosystem

DEFINITION = (
    "Licences, tasks, libraries and languages by the number of models that say them: a model with two counts"
    " once under each, so that shares may come to more than 100%. Parents by the number of other models that"
    " were made from them along the view, with all their descendants. Models by downloads; who says none has"
    " no place. Equals are in the order of their names."
)
WHATS = (*SINGULAR, "parents", "models")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.epilog = DEFINITION
    parser.add_argument("what", metavar="WHAT", choices=WHATS, help=f"one of {', '.join(WHATS)}")
    parser.add_argument("--limit", metavar="N", type=positive, default=20, help="the first N (20)")
    add_view(parser)
    add_answer(parser, FORMATS)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError, WordsError."""
    from ...registry.report.lineage.counts import top_text

    if args.what != "parents" and args.view != "all":
        raise WordsError(f"--view chooses the edges of parents; top {args.what} counts models: leave it out")
    put(top_text(_found(opened(args), args), args.format), args)
    return DONE


def _found(ecosystem: Ecosystem, args: argparse.Namespace) -> TopValues | TopParents | TopModels:
    from ...registry.lineage.analyses.top_models import top_models, top_parents
    from ...registry.lineage.analyses.top_traits import top_values

    if args.what == "parents":
        return top_parents(ecosystem, view(args), args.limit)
    if args.what == "models":
        return top_models(ecosystem, args.limit)
    return top_values(ecosystem, args.what, args.limit)
