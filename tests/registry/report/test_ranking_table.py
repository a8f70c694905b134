"""The ranking at the width that there is; whole answers are held by the golden files of test_tables.py."""

from __future__ import annotations

import dataclasses
import io

import pytest
from fitment.registry.answers import Answer
from fitment.registry.report.ranking_table import SPACIOUS, WIDE, ranking_table
from fitment.registry.report.screen import show


def shown(answer: Answer, width: int) -> str:
    """The ranking as a file gets it at that width."""
    out = io.StringIO()
    show(ranking_table(answer, width), file=out, width=width)
    return out.getvalue()


@pytest.mark.parametrize(
    ("width", "columns"), [(WIDE - 1, ("#", 7)), (WIDE, ("P(best)", 13)), (SPACIOUS, ("configuration", 14))]
)
def test_columns_by_width(compared: Answer, width: int, columns: tuple[str, int]) -> None:
    """Two lines a row where it is narrow; a column a figure from WIDE on, and one for the configuration."""
    name, count = columns
    table = ranking_table(compared, width)
    assert len(table.columns) == count
    assert name in [str(column.header) for column in table.columns]


@pytest.mark.parametrize("width", [WIDE - 1, WIDE])
def test_no_chance_without_a_rival(compared: Answer, width: int) -> None:
    """P(best) has no column where nobody else could be best."""
    alone = dataclasses.replace(compared, certainty=None)
    assert "P(best)" in shown(compared, width)
    assert "P(best)" not in shown(alone, width)


def test_figures_stand_under_their_headers(compared: Answer) -> None:
    """Right-aligned figures end where their header ends."""
    lines = shown(compared, 120).splitlines()
    header = next(line for line in lines if "suitab." in line)
    second = next(line for line in lines if "4,014" in line)
    for name, figure in (("samples/s", "4,014"), ("compat.", "0.763"), ("c(n)", "0.60")):
        assert header.index(name) + len(name) == second.rindex(figure) + len(figure)


def test_differing_statistics_stand_in_their_rows(compared: Answer) -> None:
    """Where rows have different latency statistics each says its own."""
    rows = (dataclasses.replace(compared.rows[0], latency_statistic="p95"), *compared.rows[1:])
    text = shown(dataclasses.replace(compared, rows=rows), 160)
    assert "p95" in text
    assert "p50" in text
