"""Where reports are printed: a rich console that never crops."""

from __future__ import annotations

import io
import os
import sys
from typing import IO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table

PLAIN_WIDTH = 120  # where the output is no terminal and COLUMNS says nothing
NARROWEST = 72  # below it lines run over the edge: a cut number would be a wrong one


def console(file: IO[str] | None = None, width: int | None = None) -> Console:
    """A console on ``file`` (standard output): coloured on a terminal, plain lines anywhere else."""
    out = sys.stdout if file is None else file
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(errors="backslashreplace")  # an ASCII locale gets escapes, not a traceback
    if width is None and not out.isatty() and not os.environ.get("COLUMNS", "").isdigit():
        width = PLAIN_WIDTH
    return Console(file=out, width=width, highlight=False, markup=False, emoji=False)


def show(renderable: RenderableType, *, file: IO[str] | None = None, width: int | None = None) -> None:
    """Prints ``renderable`` in full: a line longer than the terminal runs over, nothing is cut."""
    out = console(file, width)
    out.width = max(out.width, NARROWEST)
    out.print(Group(renderable), crop=False)  # a bare Text would lose its own no_wrap


def plain(renderable: RenderableType) -> str:
    """What ``show`` prints where there is no terminal, without blanks at the ends of lines."""
    out = io.StringIO()
    show(renderable, file=out)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def ruled_table() -> Table:
    """An empty table with a rule under its header and nothing else drawn."""
    return Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
