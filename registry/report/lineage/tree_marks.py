"""What the drawing of a family tree is made of: shapes for licences, lines for edges, texts of a fixed pitch.

Light colours are attributes, which every viewer reads; the style holds nothing but the dark ones. Edges have
colours that are told apart by people with any colour vision (after Okabe and Ito).
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len

from ...lineage.audit.classes import COPYLEFT, LIMITED, MISSING, NON_COMMERCIAL, OPEN, UNREAD
from ..svg_parts import inert, number

PITCH = 7.3  # how wide a character of 12 units is, a little more than in most fonts of a fixed pitch
INK, FAINT, RULE, PAPER = "ink", "faint", "rule", "paper"
LIGHT: Mapping[str, str] = {
    INK: "#1c1c1e", FAINT: "#5f5f66", RULE: "#c4c4ca", PAPER: "#ffffff",
    "finetune": "#0072b2", "quantized": "#c04f00", "adapter": "#00805c", "merge": "#a03a86",
    "untyped": "#6b6b70",
}  # fmt: skip
DARK: Mapping[str, str] = {
    INK: "#e8e8ea", FAINT: "#a6a6ad", RULE: "#4a4a50", PAPER: "#161618",
    "finetune": "#5fb8ee", "quantized": "#f29a55", "adapter": "#45cca3", "merge": "#e6a0cb",
    "untyped": "#9c9ca3",
}  # fmt: skip
ALSO, CYCLE = "5 3", "1 3"  # dashes of an edge beside the tree, and of one that closes a cycle
_SHAPES = {
    OPEN: '<circle cx="0" cy="0" r="5"{}/>',
    COPYLEFT: '<rect x="-4.5" y="-4.5" width="9" height="9"{}/>',
    LIMITED: '<path d="M0 -5.5L5.5 4.5H-5.5Z"{}/>',
    NON_COMMERCIAL: '<path d="M0 -6L6 0L0 6L-6 0Z"{}/>',
    UNREAD: '<circle cx="0" cy="0" r="4.2" fill="none" stroke-width="1.6"{}/>',
    MISSING: '<path d="M-4.5 0H4.5" fill="none" stroke-width="1.8"{}/>',
}
_HOLLOW = (UNREAD, MISSING)


def style() -> str:
    """The style element: colours for the dark."""
    rules = "".join(f".{name}{{fill:{c}}}.{name}-line{{stroke:{c}}}" for name, c in DARK.items())
    return f"<style>@media (prefers-color-scheme: dark) {{{rules}}}</style>"


def fill(name: str) -> str:
    """The attributes of what is filled with a colour by its name."""
    return f' class="{name}" fill="{LIGHT[name]}"'


def stroke(name: str) -> str:
    """Likewise of what is drawn with it."""
    return f' class="{name}-line" stroke="{LIGHT[name]}"'


def shape(x: float, y: float, licence_class: str) -> str:
    """The shape of a class of licences, around a point."""
    colour = stroke(INK) if licence_class in _HOLLOW else fill(INK)
    return f'<g transform="translate({number(x)} {number(y)})">{_SHAPES[licence_class].format(colour)}</g>'


def text(x: float, y: float, words: str, colour: str = INK, *, bold: bool = False, facts: str = "") -> str:
    """A text in the middle of whose height a point lies, and that begins there; ``facts`` follow it, faint.

    A name in a script that runs from right to left turns nothing around but itself.
    """
    weight = ' font-weight="600"' if bold else ""
    place = f'x="{number(x)}" y="{number(y + 4)}" xml:space="preserve"'
    named = f'<tspan unicode-bidi="isolate"{weight}{fill(colour)}>{inert(words)}</tspan>'
    told = f"<tspan{fill(FAINT)}>{inert(facts)}</tspan>" if facts else ""
    return f"<text {place}>{named}{told}</text>"


def width(words: str) -> float:
    """How much room a text takes."""
    return cell_len(words) * PITCH


def line(path: str, colour: str, *, dashes: str = "", wide: float = 2.0) -> str:
    """A line along a path."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="{path}" fill="none" stroke-width="{number(wide)}"{dashed}{stroke(colour)}/>'


def head(x: float, y: float, colour: str) -> str:
    """An arrow's head whose tip points left to a point."""
    return f'<path d="M{number(x)} {number(y)}l6 -3.5v7z"{fill(colour)}/>'
