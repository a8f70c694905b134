"""Tables of GitHub's Markdown: their cells, and the figures in them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

RULER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
# "86.03", "**86.0** %", "0.86 ± 0.01", "1,234", "86.0 (+1.2)"
NUMBER = re.compile(
    r"[~≈]?\s*([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d{1,3})?)\s*(%?)(?:\s*(?:±|\+/-|\().*)?$"
)
LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class Table:
    """A header and rows of plain cells, each row with its line of the file."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    line: int
    section: str


def is_ruler(line: str) -> bool:
    """Whether the line is what stands between a table's header and its rows."""
    return "-" in line and "|" in line and RULER.match(line[:2000]) is not None


def cells(line: str) -> tuple[str, ...]:
    """The row's cells, without the marks around them."""
    text = line.strip()
    if text.startswith("|"):
        text = text[1:]
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    if "\\|" in text:
        return tuple(cell.replace("\0", "|").strip(" \t*`") for cell in text.replace("\\|", "\0").split("|"))
    return tuple([cell.strip(" \t*`") for cell in text.split("|")])


def number(text: str) -> float | None:
    """The figure that the text is, a percent sign and a spread left out; None where it is none."""
    if len(text) > LONGEST_NUMBER:
        return None
    match = NUMBER.match(text.replace("**", "").strip(" \t*`_"))
    if match is None or not any(map(str.isdigit, match[1])):
        return None
    try:
        value = float(match[1].replace(",", ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
