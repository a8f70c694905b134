"""``fitment rebuild``: make the database again from its journal."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ...registry.errors import DONE
from ...registry.fit.suitability import derive_all, derive_scores
from ...registry.report.text import terminal
from ...registry.storage.database import reader
from ...registry.storage.rebuild import Derive, rebuild
from .options import add_db_path, db_path

WAIT_S = 10.0  # for another process that has the database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises StoreBusyError, or StoreDamagedError while damage is unhealed."""
    path = db_path(args)
    report = rebuild(path, _derived(path))
    sys.stdout.write(f"{report.results:,} results from {report.events:,} events\n")
    if report.unapplied:
        sys.stdout.write(f"{report.unapplied:,} events can't be applied: `fitment doctor` names them\n")
    if report.quarantined:
        sys.stdout.write(f"the damaged database was put aside as {terminal(str(report.quarantined))}\n")
    return DONE


def _derived(path: Path) -> Derive | None:
    """What makes the derived tables that the database holds, or may have held before it was damaged."""
    if not path.exists():
        return derive_scores
    with reader(path, WAIT_S) as con:
        if con is None:
            return derive_scores
        tables = ("estimates", "task_recommendations")
        scored, advised = (con.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchall() for table in tables)  # noqa: S608 - our own names
    return derive_all if advised else derive_scores if scored else None
