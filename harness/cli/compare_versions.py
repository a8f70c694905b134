"""``fitment compare-versions``: what changed from one version to another, or from one software stack."""

from __future__ import annotations

import argparse
import io

from ...registry.changes.stack_change import compare_stacks
from ...registry.changes.version_change import compare_versions
from ...registry.errors import DONE, FitmentError
from ...registry.report import (
    stack_change_export,
    stack_change_text,
    version_change_export,
    version_change_text,
)
from ...registry.report.document import Document, to_markdown
from ...registry.report.document_table import DocumentTable
from ...registry.report.screen import show
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, add_words, db_path, given, needed
from .output import add_output, put

FORMATS = ("table", "json", "csv", "markdown")


class CompareArgumentError(FitmentError):
    """Arguments that don't go together."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_words(parser, "model", "version1", "version2")
    parser.add_argument(
        "--live", action="store_true", help="the results as they stand, also where there is a snapshot"
    )
    stacks = parser.add_argument_group("two software stacks, over all models")
    stacks.add_argument(
        "--stack",
        metavar="S",
        action="append",
        default=[],
        help="given twice: as published files are named (pt240), a torch release (2.4), or an id",
    )
    stacks.add_argument("--hardware", metavar="NAME", help="where both ran on several; a part will do")
    stacks.add_argument("--all", action="store_true", help="every change, not only the largest")
    parser.add_argument("--format", choices=FORMATS, default="table")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises UnknownNameError for a version or stack that is not there, NoResultsError."""
    of_stacks = _about_stacks(args)
    store = Store.open(db_path(args))
    if of_stacks:
        _stacks(store, args)
    else:
        _versions(store, args)
    pass_on(store)
    return DONE


def _about_stacks(args: argparse.Namespace) -> bool:
    model, *versions = (given(args, name) for name in ("model", "version1", "version2"))
    if args.stack:
        if len(args.stack) != 2:
            raise CompareArgumentError("two stacks are compared: --stack A --stack B")
        if any(versions) or args.live or model:
            raise CompareArgumentError("--stack is over all models: it goes with no MODEL, version or --live")
        return True
    if args.hardware or args.all:
        raise CompareArgumentError("--hardware and --all go with --stack")
    if None in versions:
        raise CompareArgumentError(
            "what is to be compared? fitment compare-versions MODEL VERSION1 VERSION2, or --stack A --stack B"
        )
    return False


def _versions(store: Store, args: argparse.Namespace) -> None:
    model, first, second = (needed(args, name) for name in ("model", "version1", "version2"))
    found = compare_versions(store, model, first, second, live=args.live)
    if args.format == "json":
        put(version_change_export.to_json(found), args)
    elif args.format == "csv":
        put(version_change_export.to_csv(found), args)
    else:
        _put(version_change_text.document(found), args)


def _stacks(store: Store, args: argparse.Namespace) -> None:
    found = compare_stacks(store, args.stack[0], args.stack[1], args.hardware)
    if args.format == "json":
        put(stack_change_export.to_json(found), args)
    elif args.format == "csv":
        put(stack_change_export.to_csv(found), args)
    else:
        _put(stack_change_text.document(found, everything=args.all or args.format == "markdown"), args)


def _put(document: Document, args: argparse.Namespace) -> None:
    if args.format == "markdown":
        put(to_markdown(document), args)
    elif args.output is None:
        show(DocumentTable(document))
    else:
        text = io.StringIO()
        show(DocumentTable(document), file=text)
        put(text.getvalue(), args)
