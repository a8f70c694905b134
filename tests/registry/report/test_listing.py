"""Flat records as a table, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fitment.registry.report.listing import Columns, listed


@dataclass(frozen=True)
class Part:
    id: int
    name: str


@dataclass(frozen=True)
class Record:
    name: str | None
    when: datetime
    parts: tuple[Part, ...] = ()
    words: tuple[str, ...] = ()
    metadata: Any = None


RECORD = Record(
    "=1+1\x1b[31m",
    datetime(2026, 1, 2, 3, 4, 5, 6),
    (Part(7, "a"), Part(9, "b")),
    ("x", "y"),
    {"b": 1, "a": None},
)
COLUMNS: Columns = {
    "name": lambda row: row.name,
    "when": lambda row: row.when,
    "words": lambda row: row.words[0],
}


def test_a_table_shows_the_columns_asked_for_with_text_made_inert() -> None:
    """One line a record; what is missing is a dash; no line ends in blanks."""
    text = listed([RECORD, Record(None, RECORD.when, words=("z",))], "table", COLUMNS, Record)
    lines = text.splitlines()
    assert lines[0].split() == ["name", "when", "words"]
    assert lines[2:] == [
        "=1+1\\x1b[31m  2026-01-02 03:04:05  x",
        "–             2026-01-02 03:04:05  z",
    ]
    assert text == "".join(f"{line.rstrip()}\n" for line in lines)


def test_json_holds_every_field() -> None:
    """Times end in Z, as they are UTC."""
    (found,) = json.loads(listed([RECORD], "json", COLUMNS, Record))
    assert found == {
        "name": "=1+1\x1b[31m",
        "when": "2026-01-02T03:04:05.000006Z",
        "parts": [{"id": 7, "name": "a"}, {"id": 9, "name": "b"}],
        "words": ["x", "y"],
        "metadata": {"b": 1, "a": None},
    }
    assert listed([], "json", COLUMNS, Record) == "[]\n"


def test_csv_holds_every_field_and_no_formula() -> None:
    """Records inside are named by their first field; what a spreadsheet would run is quoted."""
    (found,) = csv.DictReader(io.StringIO(listed([RECORD], "csv", COLUMNS, Record)))
    assert found == {
        "name": "'=1+1\x1b[31m",
        "when": "2026-01-02T03:04:05.000006Z",
        "parts": "7 9",
        "words": "x y",
        "metadata": '{"a": null, "b": 1}',
    }
    assert listed([], "csv", COLUMNS, Record) == "name,when,parts,words,metadata\r\n"
