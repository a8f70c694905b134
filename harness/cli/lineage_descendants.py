"""``fitment lineage descendants``: what was made from a model, near and far."""

from __future__ import annotations

import argparse

from .lineage_question import add_hops, add_question, follow


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_question(parser)
    add_hops(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code: 2 where a model of a file is unknown. Raises NoResultsError, UnknownNameError."""
    from ...registry.lineage.questions.follow import descendants

    return follow(args, ("descendant", "descendants"), descendants)
