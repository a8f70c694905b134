from __future__ import annotations

import csv
import json

import pytest
from fitment.registry.report.lineage.graph import graph_lines
from fitment.registry.report.text import csv_value

from tests.registry.report.lineages import EVIL, evil_part


def test_csv_holds_the_edges_and_no_formula() -> None:
    """A name that a spreadsheet would calculate has a quote before it, and can be read back."""
    text = "".join(graph_lines(evil_part(), "csv", {}))
    rows = list(csv.DictReader(text.splitlines(keepends=True)))
    assert [csv_value(row["child"]) for row in rows[1:-1]] == EVIL[1:]
    assert rows[0]["kinds"] == "finetune merge"
    assert rows[0]["downloads_change"] == ""
    assert not any(cell[:1] in "=+@" for row in rows for cell in row.values() if cell)


@pytest.mark.parametrize(("form", "begins"), [("dot", "digraph"), ("graphml", "<?xml"), ("json", "{")])
def test_other_forms(form: str, begins: str) -> None:
    """Each by its name; what stands above a graph is for JSON alone."""
    text = "".join(graph_lines(evil_part(), form, {"question": "export"}))
    assert text.startswith(begins)
    assert form != "json" or json.loads(text)["question"] == "export"
