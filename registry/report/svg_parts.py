"""What drawings are made of: lines, boxes and texts of SVG, coloured by classes of the page's style.

Coordinates are in the drawing's own units, 640 of them wide, to a tenth: equal charts give equal bytes.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len

from .chart_scale import Scale
from .text import terminal

WIDTH = 640.0
CELL = 7.2  # how wide a character of 12 units is at most, on the average; a wide one takes two
LABEL_CELLS = 30  # of a category's name; the whole of it is in the mark's own title, and in the table


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a drawing in which marks lie."""

    left: float
    top: float
    right: float
    bottom: float

    def x(self, share: float) -> float:
        """From the left edge (0) to the right one (1)."""
        return self.left + share * (self.right - self.left)

    def y(self, share: float) -> float:
        """From the bottom (0) to the top (1)."""
        return self.bottom - share * (self.bottom - self.top)


def number(value: float) -> str:
    """A coordinate to a tenth."""
    return f"{round(value, 1) + 0.0:g}"


def inert(text: str) -> str:
    """``text`` as XML shows it and nothing else."""
    return html.escape(terminal(text), quote=True)


def width(text: str) -> float:
    """How much room a text takes, roughly."""
    return cell_len(terminal(text)) * CELL


def cut(text: str, cells: int = LABEL_CELLS) -> str:
    """``text`` made visible, and cut with ``…`` where it is wider than so many cells."""
    shown = terminal(text)
    if cell_len(shown) <= cells:
        return shown
    kept = shown[:cells]
    while cell_len(kept) > cells - 1:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def words(x: float, y: float, text: str, *, anchor: str = "start", faint: bool = False) -> str:
    """A text whose baseline starts, has its middle, or ends at a point."""
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    shade = ' class="faint"' if faint else ""
    return f'<text x="{number(x)}" y="{number(y)}"{side}{shade}>{inert(text)}</text>'


def box(kind: str, x: float, y: float, across: float, down: float, title: str = "") -> str:
    """A rectangle; ``title`` is what a pointer over it shows."""
    place = f'x="{number(x)}" y="{number(y)}" width="{number(across)}" height="{number(down)}"'
    held = f"><title>{inert(title)}</title></rect>" if title else "/>"
    return f'<rect class="{kind}" {place}{held}'


def line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight line."""
    ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
    return f'<line class="{kind}" {ends}/>'


def dot(x: float, y: float, radius: float, title: str = "") -> str:
    """A filled circle."""
    held = f"><title>{inert(title)}</title></circle>" if title else "/>"
    return f'<circle class="dot" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"{held}'


def below(frame: Frame, scale: Scale, texts: tuple[str, ...], label: str) -> Iterator[str]:
    """A horizontal axis: grid lines over the frame, texts that don't run into each other, its name."""
    reached = -1e9
    for tick, text in zip(scale.ticks, texts, strict=True):
        x, half = frame.x(scale.at(tick)), width(text) / 2
        yield line("grid", x, frame.top, x, frame.bottom)
        middle = min(max(x, half), WIDTH - half)
        if middle - half > reached:
            yield words(middle, frame.bottom + 16, text, anchor="middle", faint=True)
            reached = middle + half + 6
    yield words(frame.right, frame.bottom + 34, label, anchor="end", faint=True)


def beside(frame: Frame, scale: Scale, texts: tuple[str, ...], label: str) -> Iterator[str]:
    """A vertical axis: grid lines over the frame, texts left of it, its name above."""
    for tick, text in zip(scale.ticks, texts, strict=True):
        y = frame.y(scale.at(tick))
        yield line("grid", frame.left, y, frame.right, y)
        yield words(frame.left - 6, y + 4, text, anchor="end", faint=True)
    yield words(0, frame.top - 12, label, faint=True)


def margin(texts: tuple[str, ...]) -> float:
    """The room that texts left of a frame take."""
    return max(map(width, texts), default=0.0) + 10
