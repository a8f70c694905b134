"""``fitment lineage family``: everyone whom edges connect with a model, whichever way they lead."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .lineage import view
from .lineage_question import add_question, answer

if TYPE_CHECKING:
    from ...registry.lineage.ecosystem import Ecosystem
    from ...registry.lineage.questions.relatives import Answer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.description = (
        "Shows the family of a model: everyone whom edges connect with it, whichever way they lead (a weak"
        " component), the most downloaded first. It is named by its canonical root: of the models without"
        " parents the oldest, then the most downloaded, then the first by name."
    )
    add_question(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code: 2 where a model of a file is unknown. Raises NoResultsError, UnknownNameError."""
    from ...registry.lineage.questions.relatives import Answer
    from ...registry.lineage.questions.standing import family

    def of(ecosystem: Ecosystem, model: int) -> Answer:
        found = family(ecosystem, model, view=view(args))
        return Answer(model, found.models, root=found.root)

    return answer(args, ("model in its family", "models in its family"), of)
