"""``fitment lineage descendants``: what was made from a model, near and far."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .lineage import view
from .lineage_question import add_hops, add_question, answer

if TYPE_CHECKING:
    from ...registry.lineage.ecosystem import Ecosystem
    from ...registry.lineage.questions.relatives import Answer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_question(parser)
    add_hops(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code: 2 where a model of a file is unknown. Raises NoResultsError, UnknownNameError."""
    from ...registry.lineage.questions.follow import descendants
    from ...registry.lineage.questions.relatives import Answer

    def of(ecosystem: Ecosystem, model: int) -> Answer:
        found = descendants(ecosystem, model, view=view(args), hops=args.hops)
        return Answer(model, found.models, found.hops, found.edges)

    return answer(args, ("descendant", "descendants"), of)
