"""``fitment doctor``: check the stored results and heal what can be healed."""

from __future__ import annotations

import argparse
import sys

from ...registry.errors import DONE, NO_USABLE_CELL
from ...registry.fit.suitability import derive_scores
from ...registry.lineage.kept.checked import check_lineage
from ...registry.report.text import terminal
from ...registry.storage.doctor import examine
from .options import add_db_path, db_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code: 3 where something stays damaged."""
    report = examine(db_path(args), derive_scores)
    arrays = check_lineage(db_path(args)) if report.healthy else ()
    for repair in (*report.repairs, *arrays):
        sys.stdout.write(f"repaired: {terminal(repair)}\n")
    for finding in report.findings:
        sys.stdout.write(f"found: {terminal(finding)}\n")
    sys.stdout.write("healthy\n" if report.healthy else "damage is left\n")
    return DONE if report.healthy else NO_USABLE_CELL
