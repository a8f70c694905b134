"""A card's Markdown as what the rules look at: sections, labelled lines, bullets, tables and code.

One pass over the lines, in place of a whole Markdown parser: the rules need headings, lists, tables and
what is code, and markdown-it-py takes several milliseconds for a card where there is one for everything.
Code and comments are blanked out of the text, which keeps the number of its lines.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from .hidden_text import LONGEST_LINE, Code, without_hidden
from .markdown_tables import Table, cells, is_ruler

HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
UNDERLINE = re.compile(r" {0,3}(?:=+|-{3,})[ \t]*$")
BULLET = re.compile(r"([ \t]*)(?:[-*+•][ \t]+|\d{1,3}[.)][ \t]+)(.*)$")
LABEL = re.compile(
    r"(?:\*\*|__)[ \t]*([^*_\n:：][^*\n:：]{0,118}?)[ \t]*([:：]?)[ \t]*(?:\*\*|__)[ \t]*([:：]?)[ \t]*(.*)$"
)
SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines below it, up to the next heading."""

    title: str  # lower case, without marks
    heading: str  # as written, without marks
    level: int  # 0: what stands before the first heading
    line: int
    lines: tuple[tuple[int, str], ...]  # not blank; without code


@dataclass(frozen=True, slots=True)
class Labelled:
    """``**Label:** value``, as bullet or by itself."""

    label: str  # lower case
    value: str
    line: int
    quote: str
    has_colon: bool
    section: str


@dataclass(frozen=True, slots=True)
class Bullet:
    """An item of a list."""

    text: str
    line: int
    section: str


@dataclass(frozen=True, slots=True)
class Body:
    """The parts of the Markdown, in their order."""

    text: str  # without code and comments; its line n is line ``first_line + n`` of the file, from 0
    first_line: int
    sections: tuple[Section, ...]
    labelled: tuple[Labelled, ...]
    bullets: tuple[Bullet, ...]
    tables: tuple[Table, ...]
    code: tuple[Code, ...]
    lower: str  # the text with small letters, as long as the text
    ends: tuple[int, ...]  # of the text's lines: the positions of the line feeds behind them
    notes: tuple[str, ...] = ()

    def lines_with(self, *words: str) -> Iterator[tuple[int, str]]:
        """Each line that holds one of the words, given in small letters, with its position.

        Patterns that begin with anything look at these lines only: of a card's text they would take the most
        time of all, and a word is found as fast as memory is read.
        """
        lower, seen = self.lower, set()
        for word in words:
            at = lower.find(word)
            while at >= 0:
                start = lower.rfind("\n", 0, at) + 1
                end = lower.find("\n", at)
                end = len(lower) if end < 0 else end
                if start not in seen:
                    seen.add(start)
                    yield start, self.text[start : min(end, start + LONGEST_LINE)]
                at = lower.find(word, end)

    def line_at(self, position: int) -> int:
        """The file's line of a position in the text."""
        return bisect_left(self.ends, position) + self.first_line

    def section_at(self, line: int) -> str:
        """The title of the section that the file's line is in."""
        at = bisect_left(self.sections, line, key=lambda section: section.line)
        return self.sections[at - 1].title if at else ""

    def quote_at(self, position: int) -> str:
        """The text's line around the position."""
        start = self.text.rfind("\n", 0, position) + 1
        end = self.text.find("\n", position)
        return self.text[start : end if end >= 0 else None].strip()


def body(text: str, first_line: int) -> Body:
    """The parts of the Markdown whose first line is ``first_line`` of the file."""
    lines, code, notes = without_hidden(text, first_line)
    walk = _Walk(lines, first_line)
    walk.run()
    shown = "\n".join(lines)
    lower = shown.lower()
    return Body(
        shown,
        first_line,
        tuple(walk.sections),
        tuple(walk.labelled),
        tuple(walk.bullets),
        tuple(walk.tables),
        code,
        lower if len(lower) == len(shown) else shown.translate(SMALL),  # a Turkish dotted capital I makes two
        tuple([end + n for n, end in enumerate(accumulate(map(len, lines)))]),
        notes,
    )


class _Walk:
    """The pass over the lines; what it found so far."""

    def __init__(self, lines: list[str], first_line: int) -> None:
        self.source = lines
        self.first_line = first_line
        self.sections: list[Section] = []
        self.labelled: list[Labelled] = []
        self.bullets: list[Bullet] = []
        self.tables: list[Table] = []
        self.heading = ("", "", 0, first_line)
        self.kept: list[tuple[int, str]] = []  # lines of the section that is open

    def run(self) -> None:
        """Walks over all lines."""
        lines, n, first = self.source, 0, self.first_line
        while n < len(lines):
            line = lines[n]
            bare = line.lstrip()
            if not bare:
                n += 1
                continue
            start = bare[0]
            if start == "#" and (match := HEADING.match(line[:LONGEST_LINE])):
                self._head(match[2] or "", len(match[1]), n)
            elif n + 1 < len(lines) and lines[n + 1][:1] in "=-" and self._underlined(n):
                self._head(line, 1 if lines[n + 1].lstrip()[0] == "=" else 2, n)
                n += 1
            elif "|" in line and n + 1 < len(lines) and is_ruler(lines[n + 1]):
                n = self._table(n)
                continue
            else:
                self.kept.append((n + first, line.strip()))
                self._item(line[:LONGEST_LINE], start, n)
            n += 1
        self._close()

    def _underlined(self, n: int) -> bool:
        """Whether the line is a heading by the line below it: plain text, directly below a blank line."""
        line, below = self.source[n], self.source[n + 1]
        return (
            bool(below)
            and UNDERLINE.match(below) is not None
            and line.lstrip()[0] not in "-*+>|#<"
            and (n == 0 or not self.source[n - 1].strip())
        )

    def _head(self, title: str, level: int, n: int) -> None:
        self._close()
        written = without_marks(title)
        self.heading = (written.lower(), written, level, n + self.first_line)

    def _close(self) -> None:
        self.sections.append(Section(*self.heading, tuple(self.kept)))
        self.kept = []

    def _item(self, line: str, start: str, n: int) -> None:
        """What the line is, beside being text."""
        text = line
        if (start in "-*+•" or start.isdigit()) and (match := BULLET.match(line)):
            text = match[2]
            self.bullets.append(Bullet(text.strip(), n + self.first_line, self.heading[0]))
        if "**" in text or "__" in text:
            label = LABEL.match(text.lstrip())
            if label is not None:
                self._label(label, n, line)

    def _label(self, label: re.Match[str], n: int, line: str) -> None:
        value = label[4].strip()
        has_colon = bool(label[2] or label[3])
        if not value and has_colon:
            value = self._continued(n)
        quote = line.strip() if label[4].strip() else f"{line.strip()} {value}"
        self.labelled.append(
            Labelled(label[1].lower(), value, n + self.first_line, quote, has_colon, self.heading[0])
        )

    def _continued(self, n: int) -> str:
        """The value of a label that has none on its line: the deeper items or the text right below."""
        found: list[str] = []
        depth = _indent(self.source[n])
        for line in self.source[n + 1 : n + 12]:
            match = BULLET.match(line)
            if (
                not line.strip()
                or line.lstrip()[0] in "#|<"
                or LABEL.match((match[2] if match else line).lstrip())
            ):
                break
            if match and _indent(line) <= depth and BULLET.match(self.source[n]):
                break
            found.append((match[2] if match else line).strip())
        return ", ".join(found)

    def _table(self, n: int) -> int:
        """Reads the table whose header is line ``n``; the number of the line behind it."""
        lines, end = self.source, n + 2
        while end < len(lines) and "|" in lines[end] and lines[end].strip():
            end += 1
        rows = tuple((at + self.first_line, cells(lines[at])) for at in range(n + 2, end))
        self.tables.append(Table(cells(lines[n]), rows, n + self.first_line, self.heading[0]))
        return end


def _indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())


LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\]){0,2000})\](?:\(\s*<?([^()\s<>]{0,2000}(?:\([^()\s]{0,200}\))?[^()\s<>]{0,200})>?(?:\s+\"[^\"]{0,500}\")?\s*\)|\[[^\]]{0,200}\])"
)
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,1000}>")


def without_marks(text: str) -> str:
    """The text as it reads: links by their words, without emphasis, code marks and tags."""
    if "[" in text:
        text = LINK.sub(r"\1", text)
    if "<" in text:
        text = TAG.sub("", text)
    for mark in ("**", "`", "__"):
        if mark in text:
            text = text.replace(mark, "")
    return text.strip().strip("*").strip()
