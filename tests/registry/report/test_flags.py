from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from fitment.registry.answers import Answer
from fitment.registry.report.flags import MEANINGS, flagged, legend, meaning

ROOT = Path(__file__).parents[3]


def test_legend_names_each_flag_once() -> None:
    """Flags of several rows come out once each, by name."""
    assert [flag for flag, _ in legend(["noisy", "assumed", "noisy"])] == ["assumed", "noisy"]


def test_an_unknown_flag_is_said_to_be_unknown() -> None:
    """A flag of a newer release is shown, not dropped."""
    assert legend(["from_the_future"]) == (("from_the_future", meaning("from_the_future")),)
    assert "not described" in meaning("from_the_future")


def test_every_flag_that_the_harness_raises_has_a_meaning() -> None:
    """A flag that a measurement can get is explained to whoever reads the recommendation."""
    sources = (ROOT / "harness").rglob("*.py")
    calls = re.findall(r"\.flag\((.*)\)", "".join(path.read_text() for path in sources))
    raised = {name for call in calls for name in re.findall(r'"(\w+)"', call)}
    assert "noisy" in raised
    assert raised <= set(MEANINGS)


def test_the_documentation_holds_the_same_legend() -> None:
    """docs/recommendations.md lists each flag with the same words."""
    text = (ROOT / "docs" / "recommendations.md").read_text(encoding="utf-8")
    table = text.partition("## Flags")[2].partition("##")[0]
    rows = re.findall(r"^\| (\w+) \| (.+) \|$", table, flags=re.MULTILINE)
    assert dict(rows[1:]) == MEANINGS


def test_every_meaning_is_one_line() -> None:
    """A legend line is a line."""
    assert all(text and len(text.splitlines()) == 1 for text in MEANINGS.values())


def test_flags_stand_with_their_ranks_and_meanings(compared: Answer) -> None:
    """What a row is flagged with is named with its rank; what a note says already is not said twice."""
    assert "noisy (rank 1): repeated timings spread more than the stop rule accepts" in flagged(compared)
    rows = tuple(replace(row, flags=("noisy",)) for row in compared.rows)
    assert next(flagged(replace(compared, rows=rows))).startswith("noisy (all rows): ")
    assert not list(flagged(replace(compared, rows=rows, notes=("noisy: all of it",))))
