"""``fitment lineage anomalies``: list what is odd in the file, and its rows in quarantine."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE
from ...registry.report.listing import FORMATS
from .lineage import add_answer, opened
from .options import positive
from .output import put


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    from ...registry.lineage.analyses.anomalies import KINDS

    meanings = "; ".join(f"{name}: {kind.meaning}" for name, kind in KINDS.items())
    parser.add_argument(
        "--kind", choices=tuple(KINDS), metavar="KIND", help=f"only these (default: all). {meanings}"
    )
    parser.add_argument("--limit", metavar="N", type=positive, default=20, help="the first N of a kind (20)")
    add_answer(parser, FORMATS)


def run(args: argparse.Namespace) -> int:
    """The exit code; that nothing is odd is no mistake. Raises NoResultsError."""
    from ...registry.lineage.analyses.anomalies import KINDS, Anomaly, listed
    from ...registry.report.lineage.anomalies import ANOMALIES
    from ...registry.report.listing import listed as as_text

    names = tuple(KINDS) if args.kind is None else (args.kind,)
    found = listed(opened(args), names, args.limit)
    put(as_text(found, args.format, ANOMALIES, Anomaly), args)
    return DONE
