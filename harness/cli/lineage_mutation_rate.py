"""``fitment lineage mutation-rate``: how much a trait changes from parent to child."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE
from ...registry.lineage.analyses.trait_names import trait_named
from ...registry.report.listing import FORMATS
from .lineage import add_answer, add_view, opened, view
from .output import put
from .traits import add_trait

DEFINITION = (
    "The mean Jaccard distance, 1 - |both| / |either|, between what parent and child say, over the edges at"
    " both of whose ends something is said: 0 where no child changed anything, 1 where none kept anything. An"
    " edge from a model to itself is left out. The interval resamples whole families, as edges of one family"
    " are not independent."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.epilog = DEFINITION
    add_trait(parser)
    add_view(parser, "finetune")
    add_answer(parser, FORMATS)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError, UnknownNameError."""
    from ...registry.lineage.analyses.mutation_rate import mutation_rate
    from ...registry.report.lineage.traits import mutation_rate_text

    trait = trait_named(args.trait)
    put(mutation_rate_text(mutation_rate(opened(args), trait, view(args)), args.format), args)
    return DONE
