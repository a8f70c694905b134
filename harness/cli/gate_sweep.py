"""``fitment gate sweep``: the cells of the newest sweep against a stored snapshot."""

from __future__ import annotations

import argparse
import sys

from ...registry.errors import NoResultsError, UnknownNameError
from ...registry.storage.store import Store
from .gate import add_verdicts, say
from .notices import pass_on
from .options import add_db_path, db_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument(
        "--base",
        metavar="SNAPSHOT",
        required=True,
        help="its number, or MODEL@VERSION for the newest one of a version",
    )
    add_verdicts(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code of the gate. Raises GateError where it can't judge."""
    from ..gate import report_files
    from ..gate.errors import BaselineError
    from ..gate.judgement import exit_code
    from ..gate.options import Options
    from ..gate.report_text import lines
    from ..gate.sweep_gate import gate_sweep

    for path in args.report:
        report_files.checked(path)
    options = Options(strict=args.strict, threshold=args.threshold, machine=args.machine)
    try:
        store = Store.open(db_path(args))
        report = gate_sweep(store, args.base, options)
    except (UnknownNameError, NoResultsError) as error:  # a base that is missing is never a pass
        raise BaselineError(str(error)) from error
    for line in lines(report, strict=options.strict):
        sys.stdout.write(f"{line}\n")
    pass_on(store)
    for complaint in report_files.write_all(report, args.report, strict=options.strict):
        say(f"warning: {complaint}")
    return exit_code(report.judgements, strict=options.strict)
