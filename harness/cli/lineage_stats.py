"""``fitment lineage stats``: what there is: models, edges, depth, families."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE
from .lineage import add_answer, opened
from .output import put

FORMATS = ("table", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_answer(parser, FORMATS)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError."""
    from ...registry.lineage.analyses.stats import stats_of
    from ...registry.report.lineage.record import record_json
    from ...registry.report.lineage.stats import stats_text

    found = stats_of(opened(args))
    put(record_json(found) if args.format == "json" else stats_text(found), args)
    return DONE
