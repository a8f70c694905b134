"""``fitment licence evaluate``: how often the rules answer a file of known cases right."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from ...registry.errors import DONE
from .licence import FORMATS, as_json
from .output import add_output, put

if TYPE_CHECKING:
    from ...registry.licences.evaluation import Evaluation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument(
        "cases",
        metavar="CASES.csv",
        type=Path,
        help='columns licence_a (outbound, "-" none), licence_b (inbound), relation, expected',
    )
    parser.add_argument("--format", choices=FORMATS, default="table")
    add_output(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code: 0 whatever the answers are. Raises CasesError for a file without cases."""
    from ...registry.licences.evaluation import cases_of, evaluate
    from ...registry.report.licence_tables import evaluation_text

    found = evaluate(cases_of(args.cases))
    put(_json(found) if args.format == "json" else evaluation_text(found), args)
    return DONE


def _json(found: Evaluation) -> str:
    return as_json(
        {
            "confusion": found.counts,
            "recall": found.recall,
            "cases": len(found.answers),
            "unsafe": found.unsafe,
            "misses": [asdict(miss) for miss in found.misses],
            "data_version": found.data_version,
        }
    )
