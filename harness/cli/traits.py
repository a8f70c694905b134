"""Which trait a verb is about, and how many of its values."""

from __future__ import annotations

import argparse

from ...registry.lineage.analyses.trait_names import SINGULAR
from .options import positive


def add_trait(parser: argparse.ArgumentParser, also: str = "") -> None:
    """Adds ``TRAIT``; ``also``: what else it may be."""
    parser.add_argument("trait", metavar="TRAIT", help=f"one of {', '.join(SINGULAR.values())}{also}")


def add_top(parser: argparse.ArgumentParser, most: int) -> None:
    """Adds ``--top N``."""
    parser.add_argument(
        "--top",
        metavar="N",
        type=positive,
        default=20,
        help=f"the N values that most models say, other and unknown left out (20; at most {most:,})",
    )
