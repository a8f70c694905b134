from __future__ import annotations

import csv
import io
import json
import unicodedata

import pytest
from fitment.registry.report.text import (
    HIDDEN_CATEGORIES,
    csv_cell,
    csv_line,
    csv_value,
    markdown_cell,
    script_inert,
    terminal,
)
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
MARKDOWN_TEXT = st.text(st.sampled_from("ab_*`|\\<>&{}[]()#~!$\"'-+=:/.@ \n\t1é"), max_size=30)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("resnet50", "resnet50"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x1b]8;;http://evil\x07click", "\\x1b]8;;http://evil\\x07click"),
        ("\x9b31m", "\\x9b31m"),
        ("gpt\u202e2tpg", "gpt\\u202e2tpg"),
        ("two\nlines\ttab\r", "two\\nlines\\ttab\\r"),
        ("a\u2028b\u2029c", "a\\u2028b\\u2029c"),
        ("name\udcff", "name\\udcff"),
        ("\U000e0041", "\\U000e0041"),
        ("[red]markup[/red]", "[red]markup[/red]"),
        ("Modèle 模型 😀", "Modèle 模型 😀"),
    ],
)
def test_B08_terminal_shows_what_would_act(text: str, shown: str) -> None:
    """Controls, overrides and invisible characters become visible; anything printable stays as it is."""
    assert terminal(text) == shown


@given(ANY_TEXT)
def test_B08_nothing_hidden_reaches_a_terminal(text: str) -> None:
    """No character of a category that acts on a terminal is left, and the text stays on one line."""
    shown = terminal(text)
    assert not {unicodedata.category(c) for c in shown} & HIDDEN_CATEGORIES
    assert len(shown.splitlines()) <= 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_B07_formulas_are_quoted(start: str) -> None:
    """A cell that a spreadsheet would run starts with a quote, and the quote comes off again."""
    text = start + "cmd|' /C calc'!A0"
    assert csv_cell(text) == "'" + text
    assert csv_value(csv_cell(text)) == text


@pytest.mark.parametrize("number", ["-5", "-0.25", "-1e-07", "12"])
def test_B07_numbers_stay_numbers(number: str) -> None:
    """A number is no formula, also a negative one."""
    assert csv_cell(number) == number


@pytest.mark.parametrize("text", ["-5+1", "-", "+5", "-٣"])
def test_B07_what_only_looks_like_a_number_is_quoted(text: str) -> None:
    """An expression, a lone sign and digits that a parser may not take are not numbers."""
    assert csv_cell(text).startswith("'")


@given(st.lists(ANY_TEXT, min_size=1, max_size=4))
@example(["a\rb"])
@example(["'quoted", "''", "=1", "a,b", '"', "\r\n", "\0"])
def test_B07_csv_round_trips(texts: list[str]) -> None:
    """A row that was written is read again as it was, whatever stands in it."""
    (row,) = csv.reader(io.StringIO(csv_line(texts), newline=""))
    assert [csv_value(cell) for cell in row] == texts


def test_csv_can_always_be_encoded() -> None:
    """A file name that is not UTF-8 does not stop the export."""
    assert csv_cell("file\udcff.csv").encode("utf-8") == b"file\\udcff.csv"


def rendered_cell(cell: str) -> str:
    """The HTML that a CommonMark parser with tables and raw HTML makes of one cell."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
    html = parser.render(f"| h | end |\n| --- | --- |\n| {cell} | x |\n")
    assert html.count("<td>") == 2
    return html.split("<td>")[1].split("</td>")[0]


@given(MARKDOWN_TEXT)
@example("<script>alert(1)</script>")
@example('"><img onerror=alert(1)>')
@example("[x](javascript:alert(1))")
@example("![x](y)")
@example("{{7*7}}")
@example("a|b\nc\\|d\\")
@example("_a_ __b__ *c* ~~d~~ `e`")
@example("&lt;b&gt;")
def test_B05_B09_markdown_renders_as_the_text_itself(text: str) -> None:
    """A Markdown parser makes of a cell exactly the characters that the terminal shows, and no element."""
    plain = terminal(text).strip()
    escaped = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    assert rendered_cell(markdown_cell(text)) == escaped


def test_B05_template_expressions_are_broken() -> None:
    """A template engine that runs before Markdown finds no expression."""
    assert "{{" not in markdown_cell("{{7*7}}")
    assert "{%" not in markdown_cell("{% raw %}")


def test_markdown_leaves_names_readable() -> None:
    """The underscores inside a model's name need no backslash."""
    assert markdown_cell("vit_base_patch16_224") == "vit_base_patch16_224"


def test_json_in_a_page_does_nothing() -> None:
    """It can't end the script element that it stands in, and means the same."""
    inert = script_inert(json.dumps("</script><!--&"))
    assert not set("<>&") & set(inert)
    assert json.loads(inert) == "</script><!--&"
