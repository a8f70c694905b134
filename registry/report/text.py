"""Foreign text made inert where it is shown: terminal, CSV cell, Markdown cell, JSON.

Model names, file names and logs come from files that others wrote. They are stored as they are and
escaped here, at the moment of showing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from ..inert import HIDDEN_CATEGORIES as HIDDEN_CATEGORIES
from ..inert import terminal as terminal

FORMULA_STARTS = "=+-@\t\r\n"
QUOTE = "'"
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")

HTML_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;", "|": "&#124;"}
# Inside a <script> element only these could end or open anything; as escapes they are the same JSON.
SCRIPT_ACTIVE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
MARKDOWN_ACTIVE = re.compile(r"""[&<>{}]|[\\|`*\[\]#~!$]|(?<![^\W_])_|_(?![^\W_])""")


def csv_cell(text: str) -> str:
    """``text`` as a spreadsheet may open it: a leading ``'`` where it would be read as a formula.

    The rule is reversible (``csv_value``): text that starts with ``'`` gets one as well. A number stays a
    number, also a negative one. What UTF-8 can't carry (lone surrogates) is written as ``\\udcXX``.
    """
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    if text[:1] == QUOTE or (text[:1] and text[0] in FORMULA_STARTS and not NUMBER.fullmatch(text)):
        return QUOTE + text
    return text


def csv_value(cell: str) -> str:
    """The text that ``csv_cell`` was given."""
    return cell.removeprefix(QUOTE)


def csv_line(cells: Iterable[str]) -> str:
    """One CSV line with its CRLF (RFC 4180: with a bare LF, the writer would leave a CR unquoted)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(map(csv_cell, cells))
    return out.getvalue()


def script_inert(json: str) -> str:
    """JSON that means the same, and that does nothing where it stands inside a script element."""
    return json.translate(SCRIPT_ACTIVE)


def markdown_cell(text: str) -> str:
    """``text`` as one Markdown table cell that renders as ``terminal(text)`` and does nothing else.

    No tag, link, emphasis, code span, template expression or cell border can come out of it. An
    underscore between two letters or digits is inert in CommonMark and stays readable.
    """
    return MARKDOWN_ACTIVE.sub(_inert, terminal(text))


def _inert(match: re.Match[str]) -> str:
    character = match.group()
    return HTML_ESCAPES.get(character, "\\" + character)
