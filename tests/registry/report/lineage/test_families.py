"""Families, their growth and fertility in words."""

from __future__ import annotations

import json

from fitment.registry.lineage.analyses.families import families
from fitment.registry.lineage.analyses.family_growth import family_growth
from fitment.registry.lineage.analyses.fertility import fertility
from fitment.registry.report.lineage.families import (
    FERTILITY,
    families_text,
    fertility_text,
    growth_text,
    interval,
    percent,
    several,
)

from tests.registry.lineage.analyses import test_families, test_family_growth, test_fertility
from tests.registry.lineage.small import ecosystem

FOUND = families(ecosystem(test_families.EDGES, test_families.MODELS))


def test_families_as_a_table() -> None:
    """A line each, a dash for what nobody says, and how many there are."""
    text = families_text(FOUND, "table")
    assert "finetune 67%, quantized 33%" in text
    assert "mit 2, apache-2.0 1, gpl-3.0 1" in text
    assert "2023-12-31  2024-03-01" in text
    assert text.splitlines()[-1] == "2 families, together 7 of 8 models (edges: all)"


def test_some_of_the_families() -> None:
    """What is not shown is counted."""
    some = families(ecosystem(test_families.EDGES, test_families.MODELS), limit=1)
    last = families_text(some, "table").splitlines()[-1]
    assert last == "2 families, the first 1 shown, together 7 of 8 models (edges: all)"


def test_families_as_json_and_csv() -> None:
    """Every field; unknown is null or empty, licences come with their number in JSON."""
    first, second = json.loads(families_text(FOUND, "json"))
    assert first["licences"][0] == {"licence": "mit", "models": 2}
    assert (first["first"], second["first"]) == ("2023-12-31T23:00:00Z", None)
    header, row, _ = families_text(FOUND, "csv").splitlines()
    assert header.startswith("root,models,edges,depth,first,newest,finetune,")
    assert row.startswith("a,4,3,2,2023-12-31T23:00:00Z,2024-03-01T00:00:00Z,0.333")
    assert row.endswith("mit apache-2.0 gpl-3.0,1")


def test_growth() -> None:
    """A line a month; who has no date is said beneath, and in a column of the files."""
    months = family_growth(test_family_growth.LINEAGE)
    text = growth_text(months, "table")
    assert "a       2024-03  1       3" in text
    assert "x: 1 model without a date, in no month" in text
    assert growth_text(months, "csv").splitlines()[1] == "a,2024-01-01,2,2,1"
    assert "without" not in growth_text(months[:0], "table")


def test_fertility_text() -> None:
    """Shares in percent, and a dash where there are no children."""
    found = fertility(ecosystem(test_fertility.LINEAGE))
    text = fertility_text(found, "table")
    assert all(header in text for header in FERTILITY)
    assert "finetune     2         1              50.0%   9.5% … 90.5%" in text
    assert "merge        0         0              –       –" in text
    assert fertility_text(found, "csv").splitlines()[4] == "merge,0,0,,,"


def test_words() -> None:
    """One and many, and what is not known."""
    assert [several(n, "family", "families") for n in (1, 2000)] == ["1 family", "2,000 families"]
    assert [several(n, "edge") for n in (0, 1)] == ["0 edges", "1 edge"]
    assert (percent(None), interval(None, 0.5), interval(0.25, 0.5)) == (None, None, "25.0% … 50.0%")
