from __future__ import annotations

import re

from fitment.registry.report.document import Document, Section, Table
from fitment.registry.report.html import STYLE, to_html

from tests.registry.report.conftest import HOSTILE
from tests.registry.report.pages import Page, assert_alone

SAMPLE = Document(
    "Which?",
    (
        Section("Answer", ("A & B",), is_answer=True),
        Section("Facts", ("one", "two"), Table(("name", "x"), (("a", "1"), ("b", "")), frozenset({"x"}))),
        Section("Again", commands=("fitment recommend 'a b'",)),
    ),
)


def test_every_part_is_there() -> None:
    """Title, headings, lines, cells and commands come out as they went in."""
    page = Page(to_html(SAMPLE))
    assert page.cells == [["name", "x"], ["a", "1"], ["b", ""]]
    for text in ("Which?", "Answer", "A & B", "one", "two", "fitment recommend 'a b'"):
        assert text in page.texts
    assert ("td", "class", "n") in page.attributes


def test_nothing_is_loaded_or_run() -> None:
    """One file: no script, no address, and a policy that forbids both."""
    text = to_html(SAMPLE)
    assert_alone(Page(text))
    assert "default-src 'none'" in text
    assert not re.search(r"https?:|url\(|@import", text)


def test_phone_paper_and_dark() -> None:
    """The page says how it fits a phone, prints, and follows the reader's dark setting."""
    text = to_html(SAMPLE)
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in text
    assert "@media print" in STYLE
    assert "@media (prefers-color-scheme: dark)" in STYLE
    assert "color-scheme: light dark" in STYLE


def test_B05_B08_hostile_texts_are_inert() -> None:
    """No element, control or override of direction comes out of a foreign text, wherever it stands."""
    table = Table((HOSTILE,), ((HOSTILE,),), frozenset({HOSTILE}), frozenset({HOSTILE}))
    section = Section(HOSTILE, (HOSTILE, HOSTILE), table, (HOSTILE,), is_answer=True)
    text = to_html(Document(HOSTILE, (section, Section(HOSTILE, (HOSTILE,)))))
    page = Page(text)
    assert_alone(page)
    own = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "section", "p", "ul", "li", "div"}
    assert set(page.elements) <= own | {"table", "thead", "tbody", "tr", "th", "td", "pre", "code"}
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert "\\x1b[31m" in "".join(page.texts)
