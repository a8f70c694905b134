"""The blocks that an answer for one model and one for a mix are laid out of on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from ..answers import Rejected
from .fitted import folded
from .text import terminal


def heading(title: str, lines: Sequence[str], best: int, width: int, *, found: bool) -> Iterator[Text]:
    """The title, then what leads the report; its first ``best`` lines are the answer, if any is found."""
    yield folded(title, width, style="bold")
    for i, line in enumerate(lines):
        step = "  " if 0 < i < best else ""  # the members of a tie group stand under its sentence
        style = "bold green" if found and i < best else ""
        yield folded(line, width, prefix=step, indent=f"{step}  ", style=style)


def section(title: str, lines: Sequence[str], width: int) -> Iterator[RenderableType]:
    """Lines under a heading; nothing without lines."""
    if lines:
        yield Text()
        yield folded(title, width, indent="  ", style="bold")
    for line in lines:
        yield folded(line, width, prefix="  ", indent="    ")


def rejections(rejected: Iterable[Rejected], width: int) -> Iterator[RenderableType]:
    """Hardware that is no answer, with why and the command that would measure it."""
    for i, entry in enumerate(rejected):
        if i == 0:
            yield Text("\nRejected", style="bold")
        yield folded(f"{entry.hardware}: {entry.reason}", width, prefix="  ", indent="    ")
        yield from command(entry.remedy, "    ")


def command(text: str | None, indent: str) -> Iterator[Text]:
    """A command on one line, so that it can be copied whole; nothing where there is none."""
    if text:
        yield Text(f"{indent}$ {terminal(text)}", no_wrap=True, overflow="ignore", style="cyan")
