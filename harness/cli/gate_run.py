"""``fitment gate run``: two revisions, or one and the working tree, compared side by side."""

from __future__ import annotations

import argparse
import sys

from .gate import add_judging, add_processes, add_store, command_of, options_of, say, store_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.usage = "fitment gate run --base REV [--head REV] [options] -- COMMAND ..."
    parser.add_argument("--base", metavar="REV", required=True, help="the git revision to compare with")
    parser.add_argument("--head", metavar="REV", help="the one to judge (default: the working tree as it is)")
    add_judging(parser)
    add_processes(parser)
    add_store(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code of the gate. Raises GateError where it can't judge."""
    from ..gate import report_files
    from ..gate.compared import compare
    from ..gate.judgement import exit_code
    from ..gate.report_text import lines
    from ..gate.store import StoreError

    options, store = options_of(args), store_of(args)
    for path in args.report:
        report_files.checked(path)
    report = compare(command_of(args), args.base, args.head, store.history(), options, say)
    try:
        store.keep_run(report)
    except StoreError as error:  # the verdicts stand
        say(f"warning: {error}")
    for line in lines(report, strict=options.strict):
        sys.stdout.write(f"{line}\n")
    for complaint in report_files.write_all(report, args.report, strict=options.strict):
        say(f"warning: {complaint}")
    return exit_code(report.judgements, strict=options.strict)
