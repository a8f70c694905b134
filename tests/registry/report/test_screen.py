from __future__ import annotations

import io

import pytest
from fitment.registry.report.fitted import folded
from fitment.registry.report.screen import NARROWEST, PLAIN_WIDTH, console, ruled_table, show


def test_plain_output_has_its_own_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Into a file the width is fixed, unless COLUMNS says otherwise."""
    monkeypatch.delenv("COLUMNS", raising=False)
    assert console(io.StringIO()).width == PLAIN_WIDTH
    monkeypatch.setenv("COLUMNS", "90")
    assert console(io.StringIO()).width == 90


def test_no_colour_codes_outside_a_terminal() -> None:
    """A file gets plain lines."""
    out = io.StringIO()
    show(folded("best", 80, style="bold green"), file=out)
    assert out.getvalue() == "best\n"


def test_markup_is_shown_as_it_stands() -> None:
    """Square brackets and colons in a text are text."""
    out = io.StringIO()
    console(out).print("[red]name[/red] :smile:")
    assert out.getvalue() == "[red]name[/red] :smile:\n"


def test_a_line_longer_than_the_terminal_is_not_cut() -> None:
    """What has to be copied runs over the edge."""
    out = io.StringIO()
    show(folded("x" * 200, 80), file=out, width=80)
    assert out.getvalue() == "x" * 200 + "\n"


def test_below_the_narrowest_width_lines_run_over() -> None:
    """A terminal of 20 columns gets the same lines as one of the narrowest width."""
    narrow, least = io.StringIO(), io.StringIO()
    for out, width in ((narrow, 20), (least, NARROWEST)):
        table = ruled_table()
        table.add_column("figure", ratio=1)
        table.add_row("1,234,567")
        show(table, file=out, width=width)
    assert narrow.getvalue() == least.getvalue()


def test_an_ascii_locale_gets_escapes() -> None:
    """A character that the output can't encode does not stop the report."""
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    show(folded("5 µs – 7 µs", 80), file=out)
    out.flush()
    assert raw.getvalue() == b"5 \\xb5s \\u2013 7 \\xb5s\n"
