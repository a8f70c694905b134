from __future__ import annotations

import io

from fitment.registry.report.document import Document, Section, Table
from fitment.registry.report.document_table import DocumentTable
from fitment.registry.report.screen import show

from tests.registry.report.conftest import HOSTILE


def drawn(document: Document) -> str:
    out = io.StringIO()
    show(DocumentTable(document), file=out, width=80)
    return out.getvalue()


def test_sections_one_after_another() -> None:
    """The title, then each section's heading, lines and table."""
    table = Table(("what", "n"), (("apples", "12"), ("a pear", "7")), frozenset({"n"}))
    text = drawn(Document("Fruit", (Section("Held", ("two kinds",), table), Section("Notes", ("fresh",)))))
    assert [line.rstrip() for line in text.splitlines()] == [
        "Fruit",
        "",
        "Held",
        "  two kinds",
        "what     n",
        "──────────",
        "apples  12",
        "a pear   7",
        "",
        "Notes",
        "  fresh",
    ]


def test_foreign_text_is_inert() -> None:
    """No control or override reaches the terminal, wherever it stands."""
    table = Table((HOSTILE,), ((HOSTILE,),))
    text = drawn(Document(HOSTILE, (Section(HOSTILE, (HOSTILE,), table),)))
    assert not {"\x1b", "\u202e", "\x07"} & set(text)
