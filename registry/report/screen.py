"""Where reports are printed: a rich console that never crops, and text that folds between words only."""

from __future__ import annotations

import io
import os
import sys
import textwrap
from typing import IO

from rich.console import Console, RenderableType
from rich.text import Text

from .text import terminal

PLAIN_WIDTH = 120  # where the output is no terminal and COLUMNS says nothing
NARROWEST = 72  # below it lines run over instead of cutting numbers


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
    out.print(renderable, width=max(out.width, NARROWEST), crop=False)


def folded(text: str, width: int, *, prefix: str = "", indent: str = "", style: str = "") -> Text:
    """``text`` made inert and folded at spaces to ``width``, later lines indented.

    A word longer than the line (a path, a command) stays whole, so that it can be copied.
    """
    lines = textwrap.wrap(
        terminal(text),
        max(width, NARROWEST),
        initial_indent=prefix,
        subsequent_indent=indent or " " * len(prefix),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return Text("\n".join(lines) or prefix, style=style, no_wrap=True, overflow="ignore")
