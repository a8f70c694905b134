"""What of a card's Markdown states nothing: fenced code and comments, blanked out line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass

FENCE = re.compile(r"[ \t]{0,12}(?:(`{3,})([^`\n]*)|(~{3,})(.*))$")
LONGEST_LINE = 10_000  # of which a pattern looks at; a longer one is no prose


@dataclass(frozen=True, slots=True)
class Code:
    """A fenced block."""

    text: str
    line: int


def without_hidden(text: str, first_line: int) -> tuple[list[str], tuple[Code, ...], tuple[str, ...]]:
    """The lines with fenced blocks and comments empty, the blocks, and notes on what is never closed."""
    lines = text.split("\n")
    code: list[Code] = []
    notes: tuple[str, ...] = ()
    if "```" not in text and "~~~" not in text and "<!--" not in text:
        return lines, (), ()
    n = 0
    for at, line in enumerate(lines):
        if at < n or not ("```" in line or "~~~" in line or "<!--" in line):
            continue
        if match := FENCE.match(line[:LONGEST_LINE]):
            end = _fence_end(lines, at, match[1] or match[3])
            closed, n = end is not None, end or len(lines)
            code.append(Code("\n".join(lines[at + 1 : n - closed]), at + first_line))
            lines[at:n] = [""] * (n - at)
        else:
            n, closed = _without_comments(lines, at)
        if not closed:
            notes = (f"line {at + first_line}: code or a comment that is never closed reaches to the end",)
    return lines, tuple(code), notes


def _fence_end(lines: list[str], start: int, mark: str) -> int | None:
    """The number of the line behind the block that ``start`` opens, None where no line closes it."""
    for n in range(start + 1, len(lines)):
        if mark in lines[n]:
            bare = lines[n].strip()
            if bare.startswith(mark) and not bare.strip(mark[0]):
                return n + 1
    return None


def _without_comments(lines: list[str], start: int) -> tuple[int, bool]:
    """Blanks the comments that open on the line; the line to go on with, and whether they are closed."""
    n, at, line, kept = start, 0, lines[start], ""
    while (begin := line.find("<!--", at)) >= 0:
        kept += line[at:begin]
        end = line.find("-->", begin)
        while end < 0:
            lines[n], kept = kept, ""
            n += 1
            if n == len(lines):
                return n, False
            line = lines[n]
            end = line.find("-->")
        at = end + len("-->")
    lines[n] = kept + line[at:]
    return n, True
