from __future__ import annotations

import re

from fitment.registry.report.document import Document, Section, Table, to_markdown
from markdown_it import MarkdownIt

from tests.registry.report.conftest import HOSTILE


def html_of(document: Document) -> str:
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(to_markdown(document))


def test_lines_table_and_command() -> None:
    """Lines are a list, rows a table, and a command a block to copy as it stands."""
    table = Table(("name", "x"), (("a", "1"),), frozenset({"x"}))
    section = Section("Facts", ("one_two",), table, ("fitment recommend 'a b' --top-k 2",))
    html = html_of(Document("Which?", (section,)))
    assert "<h1>Which?</h1>" in html
    assert "<li>one_two</li>" in html
    assert html.count("<tr>") == 2
    assert "<pre><code>fitment recommend 'a b' --top-k 2\n</code></pre>" in html


def test_B05_B09_hostile_texts_make_no_element() -> None:
    """Of hostile titles, lines, cells and commands come the document's own elements only."""
    section = Section(HOSTILE, (HOSTILE,), Table((HOSTILE,), ((HOSTILE,),)), (HOSTILE,))
    html = html_of(Document(HOSTILE, (section,)))
    own = {"h1", "h2", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}
    assert set(re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)", html)) == own
    assert "{{" not in to_markdown(Document(HOSTILE, (section,)))
