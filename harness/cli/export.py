"""``fitment export``: results, estimates or scores as a file for other programs, or for people."""

from __future__ import annotations

import argparse
import sys

from ...registry.errors import DONE
from ...registry.report.table_files import ENDINGS, TEXTS, WRITERS, must_be_readable
from ...registry.report.text import terminal
from ...registry.results.export_tables import WHAT, Selected, selected
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, db_path
from .output import OutputError, add_output, written


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("what", nargs="?", choices=WHAT, default="results", help="default: results")
    parser.add_argument("--model", metavar="M", help="a name, or a pattern such as 'vit_*'")
    parser.add_argument("--hardware", metavar="H", help="a name, or a pattern such as '*4090*'")
    parser.add_argument(
        "--format", choices=tuple(WRITERS), help="default: as the file's name ends; csv on the terminal"
    )
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError for nothing, OutputError, RefusedError for no place or page."""
    form = chosen(args)
    store = Store.open(db_path(args))
    with store.reading() as con:
        selection = selected(con, args.what, model=args.model, hardware=args.hardware)
        must_be_readable(selection, form)
        if args.output is None:
            sys.stdout.flush()
            WRITERS[form](selection, sys.stdout.buffer)
        else:
            with written(args.output, overwrite=args.overwrite) as stream:
                WRITERS[form](selection, stream)
            _tell(f"{selection.count:,} {args.what} in {args.output}")
    _tell_behind(selection)
    pass_on(store)
    return DONE


def chosen(args: argparse.Namespace) -> str:
    """The format that the arguments ask for. Raises OutputError where none is said, or none can be shown."""
    if args.output is None:
        form: str = args.format or "csv"
        if form not in TEXTS:
            raise OutputError(f"{form} is no text for a terminal: name a file with --output")
        return form
    by_ending = ENDINGS.get(args.output.suffix.lower())
    if args.format is None and by_ending is None:
        endings = ", ".join(ENDINGS)
        raise OutputError(f"{args.output}: which format? End its name with one of {endings}, or say --format")
    return args.format or str(by_ending)


def _tell_behind(selection: Selected) -> None:
    if selection.behind > 0:
        _tell(
            f"note: the stored scores don't know the newest {selection.behind} event(s):"
            " `fitment calculate-scores` makes them anew"
        )


def _tell(text: str) -> None:
    sys.stderr.write(terminal(text) + "\n")
