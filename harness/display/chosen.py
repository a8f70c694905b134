"""The display that suits where the output goes."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

from .live import LiveDisplay
from .outlook import Outlook
from .plain import PlainDisplay


@contextlib.contextmanager
def display_here(outlook: Outlook | None = None) -> Iterator[LiveDisplay | PlainDisplay]:
    """Live on a terminal, plain lines anywhere else; the terminal is restored on the way out."""
    display: LiveDisplay | PlainDisplay
    if sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb":
        from ...registry.report.screen import console

        display = LiveDisplay(console(), outlook)
    else:
        display = PlainDisplay(sys.stdout, outlook)
    try:
        yield display
    finally:
        display.stop()
