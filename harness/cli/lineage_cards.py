"""``fitment lineage cards``: how model cards change from parent to child."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE, NoResultsError
from ...registry.report.listing import FORMATS
from .lineage import add_answer, add_view, opened, view
from .output import put

DEFINITION = (
    "Over the edges at both of whose ends the length of the card is known: the ratio of means is the"
    " children's mean length over the parents'; the mean of ratios is that of child over parent, edge by"
    " edge. An empty card of a parent has no ratio and is counted. Every edge counts once, those from a model"
    " to itself are left out. Which cards a program wrote is as the file says it."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.epilog = DEFINITION
    add_view(parser, "finetune")
    add_answer(parser, FORMATS)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError, also where the file says nothing of cards."""
    from ...registry.lineage.analyses.card_drift import card_drift, has_cards
    from ...registry.report.lineage.popularity import NO_CARDS, cards_text

    ecosystem = opened(args)
    if not has_cards(ecosystem):
        raise NoResultsError(NO_CARDS)
    put(cards_text(card_drift(ecosystem, view(args)), args.format), args)
    return DONE
