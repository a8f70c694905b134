"""``fitment lineage drift``: which values of a trait turn into which."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE
from ...registry.lineage.analyses.trait_names import trait_named
from ...registry.report.listing import FORMATS
from . import lineage_cards
from .lineage import add_answer, add_view, opened, view
from .options import positive
from .output import put
from .traits import add_top, add_trait

DEFINITION = (
    "On each edge every value of the parent mutates into each value that the child adds, and every value that"
    " the child drops into each that it keeps; nothing is counted where an end says nothing. Of two values"
    " the traffic is the mutations one way less those the other way; an arc points the way that more go."
)
MOST = 200  # values, as registry/lineage/analyses/mutations.py has it


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.epilog = DEFINITION
    add_trait(parser, ", or card: as fitment lineage cards")
    add_top(parser, MOST)
    parser.add_argument(
        "--limit", metavar="N", type=positive, help="the N arcs of most traffic (a table: 20; CSV: all)"
    )
    add_view(parser, "finetune")
    add_answer(parser, FORMATS)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError, UnknownNameError, QuestionError."""
    from ...registry.lineage.analyses.drift import drift
    from ...registry.report.lineage.traits import drift_text

    if args.trait == "card":
        return lineage_cards.run(args)
    trait = trait_named(args.trait)
    put(drift_text(drift(opened(args), trait, view(args), args.top), args.format, args.limit), args)
    return DONE
