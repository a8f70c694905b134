"""Documents in the format that a command line asks for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from .output import put

if TYPE_CHECKING:
    from ...registry.report.document import Document

FORMATS = ("table", "json", "html", "markdown")
ENDINGS = {".json": "json", ".html": "html", ".htm": "html", ".md": "markdown"}


def form_of(args: argparse.Namespace) -> str:
    """The format that the arguments say, else the one that the file's name ends with, else a table."""
    by_ending = ENDINGS.get(args.output.suffix.lower()) if args.output is not None else None
    return args.format or by_ending or "table"


def put_document(document: Callable[[], Document], json: Callable[[], str], args: argparse.Namespace) -> None:
    """Writes the document, or its figures as JSON, where the arguments say. Raises OutputError."""
    form = form_of(args)
    if form == "json":
        put(json(), args)
        return
    if form == "html":
        from ...registry.report.html import to_html

        put(to_html(document()), args)
        return
    if form == "markdown":
        from ...registry.report.document import to_markdown

        put(to_markdown(document()), args)
        return
    from ...registry.report.document_table import DocumentTable
    from ...registry.report.screen import plain, show

    if args.output is None and sys.stdout.isatty():
        show(DocumentTable(document()))
    else:
        put(plain(DocumentTable(document())), args)
