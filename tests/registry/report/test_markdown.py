from __future__ import annotations

import re
from collections.abc import Callable

from fitment.registry.answers import Answer
from fitment.registry.report.export import to_markdown
from markdown_it import MarkdownIt

Golden = Callable[[str, str], None]


def html_of(text: str) -> str:
    """What a parser with tables and raw HTML makes of a document."""
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(text)


def test_compared_answer(compared: Answer, golden: Golden) -> None:
    """The Markdown of an answer over common configurations."""
    golden("compared.md", to_markdown(compared))


def test_freed_answer(freed: Answer, golden: Golden) -> None:
    """The Markdown of an answer without common configurations."""
    golden("freed.md", to_markdown(freed))


def test_rows_have_their_evidence(compared: Answer) -> None:
    """Each hardware is one row of a real table, with its file and line and its result ids."""
    html = html_of(to_markdown(compared))
    assert html.count("<tr>") == 1 + 3 + 1 + 2
    assert "pro6000maxq-dynamo.csv:123 (result 10234)" in html


def test_B05_B09_hostile_texts_make_no_element(hostile: Answer) -> None:
    """Of hostile texts a parser makes the document's own elements only, in the same rows and columns."""
    html = html_of(to_markdown(hostile))
    own = {"h1", "h2", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}
    assert set(re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)", html)) == own
    assert "{{" not in to_markdown(hostile)
    assert html.count("<tr>") == 1 + 2 + 1 + 1
    assert "\x1b" not in html
