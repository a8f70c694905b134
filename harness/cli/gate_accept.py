"""``fitment gate accept``: a run is the new normal, and somebody says why."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from ...registry.errors import DONE
from ...registry.report.text import terminal
from .gate import add_store, store_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument(
        "run", metavar="ID", help="of the run, or how it begins; `fitment gate history` shows it"
    )
    parser.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept with the run")
    parser.add_argument(
        "--baseline",
        metavar="FILE",
        type=Path,
        help="also write its figures to this baseline, to be committed",
    )
    add_store(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises AcceptError for an unknown run or an empty reason, BaselineError for FILE."""
    from ..gate import baseline_file
    from ..gate.advanced import advanced
    from ..gate.store import AcceptError

    store = store_of(args)
    old = None
    if args.baseline is not None and args.baseline.exists():
        old = baseline_file.read(args.baseline)  # before anything is accepted
    accepted = store.accept(args.run, args.reason, _who())
    sys.stdout.write(f"{terminal(f'run {accepted.run} is accepted: {accepted.reason}')}\n")
    if args.baseline is None:
        return DONE
    runs = {each.id: each for each in store.history().runs}
    found = advanced(accepted.baseline, old, runs.get(accepted.run))
    if not found.processes and not found.counters:
        raise AcceptError(f"run {accepted.run} has nothing that {args.baseline} could hold")
    baseline_file.put(args.baseline, found)
    kept = len(
        {*found.processes, *found.counters} - {*accepted.baseline.processes, *accepted.baseline.counters}
    )
    others = f", {kept} that this run did not measure as they were" if kept else ""
    sys.stdout.write(f"{terminal(str(args.baseline))}: written anew{others}\n")
    return DONE


def _who() -> str:
    """As git knows them, else as the system does."""
    from ..gate.errors import RevisionError
    from ..gate.revisions import git

    try:
        name = git(Path.cwd(), "config", "user.name").stdout.decode("utf-8", "replace").strip()
    except RevisionError:
        name = ""
    try:
        return name or getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return "unknown"
