"""What the verbs of ``fitment gate`` share: options that say how to judge, and where it is kept."""

from __future__ import annotations

import argparse
import math
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ...registry.report.text import terminal

if TYPE_CHECKING:
    from ..gate.compared import Command
    from ..gate.options import Options
    from ..gate.store import Store


def add_store(parser: argparse.ArgumentParser) -> None:
    """Adds ``--store DIR``."""
    parser.add_argument(
        "--store",
        metavar="DIR",
        type=Path,
        help="the folder of history and baselines (default: $FITMENT_GATE_STORE, else the project's "
        ".fitment-gate)",
    )


def store_of(args: argparse.Namespace) -> Store:
    """The store that the arguments, else the environment, else the current folder's project name."""
    from ..gate.store import Store, folder_of

    return Store(folder_of(Path.cwd(), args.store))


def add_processes(parser: argparse.ArgumentParser) -> None:
    """Adds what says how the processes of a command are run."""
    parser.add_argument("--setup", metavar="CMD", help="a line for the shell, run once in each tree before")
    parser.add_argument(
        "--time-command", action="store_true", help="take the duration of the whole command for the benchmark"
    )
    parser.add_argument(
        "--instructions",
        choices=("auto", "callgrind"),
        default="auto",
        help="count them by the processor where it can (auto), or by valgrind, which is slow",
    )
    parser.add_argument("--seed", metavar="N", type=int, default=0, help="of the order of the benchmarks")
    parser.add_argument(
        "--timeout", metavar="S", type=_seconds, default=600.0, help="seconds that one process may take (600)"
    )


def add_judging(parser: argparse.ArgumentParser) -> None:
    """Adds what says how pairs are judged."""
    parser.add_argument(
        "--pairs", metavar="N", type=int, default=8, help="pairs of processes at first, 8 or more (8)"
    )
    add_verdicts(parser)


def add_verdicts(parser: argparse.ArgumentParser) -> None:
    """Adds what says which changes count, and where the verdicts go."""
    parser.add_argument(
        "--threshold",
        metavar="CHANGE",
        type=_change,
        help="the least change of a time that counts, such as 2%% (default: by machine and device)",
    )
    parser.add_argument(
        "--machine",
        choices=("quiet", "shared"),
        default="shared",
        help="whether the machine is ours alone (shared)",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="exit with 6 where anything is open, such as an inconclusive one",
    )
    parser.add_argument(
        "--report",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="also write the verdicts there: .json or .md; may be given again",
    )


def options_of(args: argparse.Namespace) -> Options:
    """How to judge, as the arguments say. Raises GateError for what can't be meant."""
    from ..gate.options import Options

    return Options(
        pairs=args.pairs,
        strict=args.strict,
        threshold=args.threshold,
        machine=args.machine,
        seed=args.seed,
        deadline_s=args.timeout,
        instructions=args.instructions,
    )


def command_of(args: argparse.Namespace) -> Command:
    """The command behind "--", where it was said."""
    from ..gate.compared import Command

    return Command(tuple(args.command), Path.cwd(), dict(os.environ), args.time_command, args.setup)


def say(line: str) -> None:
    """Tells on standard error how far it is."""
    sys.stderr.write(f"{terminal(line)}\n")
    sys.stderr.flush()


def _change(text: str) -> float:
    """0.02 of "2%" or "0.02", for argparse."""
    from ..gate.options import change

    try:
        return change(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"a change such as 2% or 0.02 is needed, not {text[:40]!r}"
        ) from None


def _seconds(text: str) -> float:
    """A time longer than nothing, for argparse."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0.0 < seconds < math.inf:
        raise argparse.ArgumentTypeError(f"seconds such as 600 are needed, not {text[:40]!r}")
    return seconds
