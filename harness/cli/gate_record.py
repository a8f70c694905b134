"""``fitment gate record``: the working tree's times and counters, to compare with later."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ...registry.errors import DONE
from ...registry.report.text import terminal
from .gate import add_processes, add_store, command_of, say, store_of
from .options import WordsError

if TYPE_CHECKING:
    from ..gate.baseline import Baseline


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.usage = "fitment gate record (NAME | --output FILE) [options] -- COMMAND ..."
    parser.add_argument("name", nargs="?", metavar="NAME", help="of the baseline, such as nightly")
    parser.add_argument(
        "--output", metavar="FILE", type=Path, help="write it to FILE, over an earlier one, to be committed"
    )
    parser.add_argument(
        "--processes", metavar="N", type=int, default=8, help="fresh processes that are timed, 8 or more (8)"
    )
    parser.add_argument(
        "--counters",
        action="store_true",
        help="record only what a busy machine does not change: right for a file that other machines read",
    )
    add_processes(parser)
    add_store(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises WordsError without a name and a file; GateError where nothing was measured."""
    from ..gate import baseline_file
    from ..gate.compared import recorded
    from ..gate.options import Options

    if args.counters and args.time_command:
        raise WordsError("--time-command counts nothing: leave it or --counters out")
    if args.name is None and args.output is None:
        raise WordsError("give the baseline a name, such as nightly, or a file with --output")
    options = Options(
        pairs=args.processes,
        seed=args.seed,
        deadline_s=args.timeout,
        instructions=args.instructions,
    )
    store = store_of(args)
    if args.name is not None:
        store.baseline_path(args.name)  # before anything is measured for it
    label = f"baseline {args.output.name if args.name is None else args.name}"
    kept, report = recorded(command_of(args), label, options, say, timed=not args.counters)
    if args.output is not None:
        baseline_file.put(args.output, kept)
    identity = store.keep_recording(kept, args.name)
    for each in report.judgements:
        say(f"not recorded: {each.benchmark}: {each.note}")
    for note in report.notes:
        say(f"note: {note}")
    where = args.output or store.baseline_path(args.name)
    sys.stdout.write(f"{terminal(_told(kept, str(where), identity))}\n")
    return DONE


def _told(found: Baseline, where: str, identity: str) -> str:
    processes = min((len(each) for each in found.processes.values()), default=0)
    times = f"times of {len(found.processes)} in {processes} processes each" if processes else "no times"
    changes = ", with changes that are in no commit" if found.dirty else ""
    commit = f" at {found.commit[:9]}{changes}" if found.commit else ""
    counted = sum(map(bool, found.counters.values()))
    return f"{where}: {times}, counters of {counted} (run {identity}{commit})"
