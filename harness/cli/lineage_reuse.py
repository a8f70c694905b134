"""``fitment lineage reuse``: whether popularity predicts reuse."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE
from ...registry.report.listing import FORMATS
from .lineage import add_answer, add_view, opened, view
from .options import positive
from .output import put

DEFINITION = (
    "Spearman's rho and Kendall's tau-b between downloads (and likes) and the number of children (and"
    " descendants) along the view, over all models that say both and over those with a child; equals are"
    " allowed for. The intervals are percentiles of an ordinary bootstrap: all models are resampled, as many"
    " as there are. It takes models to be independent, which those of a family are not."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.epilog = DEFINITION
    parser.add_argument(
        "--resamples", metavar="N", type=positive, default=400, help="for the intervals (400)"
    )
    parser.add_argument("--seed", metavar="N", type=_seed, default=0, help="of the resamples (0)")
    add_view(parser)
    add_answer(parser, FORMATS)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError."""
    from ...registry.lineage.analyses.reuse import popularity_and_reuse
    from ...registry.report.lineage.popularity import reuse_text

    found = popularity_and_reuse(opened(args), view(args), replicates=args.resamples, seed=args.seed)
    put(reuse_text(found, args.format), args)
    return DONE


def _seed(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text[:20]) >= 2**63:
        raise argparse.ArgumentTypeError(f"a whole number from 0 to 2**63 - 1 is needed, not {text[:40]!r}")
    return int(text)
