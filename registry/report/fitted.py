"""Text that folds at spaces, and not between a number and its unit."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.text import Text

from .text import terminal

JOINED = "\N{NO-BREAK SPACE}"
# "24 GiB", "batch 32", "result 7", and a separator with what stands before it
INSEPARABLE = re.compile(r"(?<=\d) (?=[A-Za-zµ%])|(?<=\bbatch) (?=\d)|(?<=\bresult) (?=\d)| (?=·)")


def fold(
    text: str, width: int, *, prefix: str = "", indent: str = "", break_words: bool = False
) -> list[str]:
    """``text`` made inert and folded to lines of ``width``.

    A longer word (a path, a command) stays whole, to be copied; with ``break_words`` it is folded as well.
    """
    lines = textwrap.wrap(
        INSEPARABLE.sub(JOINED, terminal(text).replace(JOINED, " ")),
        width,
        initial_indent=prefix,
        subsequent_indent=indent,
        break_long_words=break_words,
        break_on_hyphens=False,
    )
    return [line.replace(JOINED, " ") for line in lines] or [prefix.rstrip()]


def folded(text: str, width: int, *, prefix: str = "", indent: str = "", style: str = "") -> Text:
    """``fold`` as one renderable that no console wraps or cuts again."""
    lines = fold(text, width, prefix=prefix, indent=indent)
    return Text("\n".join(lines), style=style, no_wrap=True, overflow="ignore")


class Fitted:
    """A table cell of several texts under each other, each folded to the width its column gets."""

    def __init__(self, *parts: tuple[str, str]) -> None:
        """``parts``: (text, style) in order."""
        self.parts: Sequence[tuple[str, str]] = parts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        for text, style in self.parts:
            lines = fold(text, options.max_width, break_words=True)
            # rich folds again where characters are two cells wide, which textwrap doesn't know
            yield Text("\n".join(lines), style=style, overflow="fold")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        narrowest = max(cell_len(line) for text, _ in self.parts for line in fold(text, 1))
        return Measurement(narrowest, max(cell_len(terminal(text)) for text, _ in self.parts))
