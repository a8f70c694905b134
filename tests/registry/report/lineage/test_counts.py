"""Growth and the most frequent as people and programs read them."""

from __future__ import annotations

import csv
import json
from io import StringIO

from fitment.registry.lineage.analyses.growth import growth
from fitment.registry.lineage.analyses.top_models import top_models, top_parents
from fitment.registry.lineage.analyses.top_traits import top_values
from fitment.registry.report.lineage.counts import growth_text, top_text

from tests.registry.lineage.small import ecosystem
from tests.registry.report.conftest import HOSTILE

SMALL = ecosystem(
    "a>b:finetune a>c:quantized",
    {
        "a": {"created": "2024-01-31", "licences": ("mit", "gpl"), "downloads": 3, "likes": 1},
        "b": {"created": "2024-03-01", "licences": ("mit",), "downloads": 1},
    },
)


def test_months() -> None:
    """A line a month, and what is in none; CSV and JSON with the totals by label."""
    shown = growth_text(growth(SMALL), "table").splitlines()
    assert shown[-2].split() == ["2024-03", "1", "2", "1", "1", "1", "0", "0", "0", "0"]
    assert shown[-1] == (
        "2 models with a date, 1 without; 1 edge whose child has one, 1 whose child has none (edges: all)"
    )
    rows = list(csv.DictReader(StringIO(growth_text(growth(SMALL), "csv"))))
    assert (rows[1]["month"], rows[1]["finetune_total"]) == ("2024-03-01", "1")
    said = json.loads(growth_text(growth(SMALL), "json"))
    assert (said["models_undated"], said["months"][0]["month"]) == (1, "2024-01-01")


def test_no_month_at_all() -> None:
    """The line that says so stands alone; CSV has its header."""
    nothing = growth(ecosystem("a>b"))
    assert growth_text(nothing, "table").startswith("0 models with a date, 2 without")
    assert growth_text(nothing, "csv").startswith("month,models,models_total")


def test_values_parents_and_models() -> None:
    """Shares in percent, what is not said as a dash, and of how many these are the first."""
    licences = top_text(top_values(SMALL, "licences", 1), "table").splitlines()
    assert licences[-3].split() == ["mit", "2", "66.7%", "100.0%"]
    assert licences[-2:] == [
        "2 licences, the first 1 shown; 2 of 3 models say one",
        "1 model with several count once under each: the last column comes to over 100%",
    ]
    parents = top_text(top_parents(SMALL), "table").splitlines()
    assert parents[-2].split() == ["a", "2", "100.0%", "2"]
    assert parents[-1] == "1 model with a child; 2 edges from a model to another (edges: all)"
    models = top_text(top_models(SMALL), "table").splitlines()
    assert models[-2].split() == ["b", "1", "25.0%", "–", "0"]
    assert models[-1].startswith("2 models, 4 downloads; 1 model without a figure")
    assert json.loads(top_text(top_models(SMALL), "json"))["models"][1]["likes"] is None
    assert top_text(top_parents(SMALL), "csv").splitlines() == [
        "model,children,share,descendants",
        "a,2,1.0,2",
    ]


def test_hostile_values_are_inert() -> None:
    """No control reaches the terminal, no formula a spreadsheet."""
    hostile = ecosystem("", {"a": {"licences": (HOSTILE, "=1+1")}})
    assert "\x1b" not in top_text(top_values(hostile, "licences"), "table")
    assert "'=1+1" in top_text(top_values(hostile, "licences"), "csv")
