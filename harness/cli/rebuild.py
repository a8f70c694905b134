"""``fitment rebuild``: make the database again from its journal."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ...registry.errors import DONE
from ...registry.fit.suitability import derive_scores
from ...registry.report.text import terminal
from ...registry.storage.database import reader
from ...registry.storage.rebuild import rebuild
from .options import add_db_path, db_path

WAIT_S = 10.0  # for another process that has the database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises StoreBusyError, or StoreDamagedError while damage is unhealed."""
    path = db_path(args)
    scored = not path.exists() or _scored(path)
    report = rebuild(path, derive_scores if scored else None)
    sys.stdout.write(f"{report.results:,} results from {report.events:,} events\n")
    if report.unapplied:
        sys.stdout.write(f"{report.unapplied:,} events can't be applied: `fitment doctor` names them\n")
    if report.quarantined:
        sys.stdout.write(f"the damaged database was put aside as {terminal(str(report.quarantined))}\n")
    return DONE


def _scored(path: Path) -> bool:
    """Whether the database holds scores, or may have held them before it was damaged."""
    with reader(path, WAIT_S) as con:
        return con is None or bool(con.execute("SELECT count(*) FROM estimates").fetchall()[0][0])
