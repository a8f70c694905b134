"""The tables of the benchmarks say what was measured: ratios, what missed its goal, and on what."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.tables import END, ROOT, START, number, summary, tables, written


def contest(
    rival: str, goal: str, least: float | None, ours: list[float], theirs: list[float]
) -> dict[str, Any]:
    facts = {"title": "moments", "rows": 10**6, "rival": rival, "goal": goal, "least": least, "ours_s": ours}
    return {"extra_info": facts, "stats": {"data": theirs}}


CLAIMS = [
    {"goal": "K10", "title": "compile", "unit": "CPU-s", "limit": 2.0, "rounds": [1.0, 3.0, 2.0]},
    {"goal": "K10", "title": "call of a", "unit": "s", "limit": 0.7, "rounds": [0.9]},
    {"goal": "K10", "title": "call of b", "unit": "s", "limit": 0.7, "rounds": [0.5]},
]
FOUND = {
    "machine_info": {
        "cpu": {"brand_raw": "A CPU", "count": 2},
        "memory_bytes": 24 * 2**30,
        "python_version": "3.12.1",
        "versions": {"numba": "0.68.1"},
    },
    "datetime": "2026-11-22T12:00:00",
    "benchmarks": [
        contest("pandas", "K2", 8.0, [0.010, 0.010, 0.020], [0.050, 0.060, 0.200]),
        contest("read limit", "K1", 0.65, [0.010], [0.0064]),
        contest("polars", "", None, [0.010], [1.2345]),
        {"extra_info": {"goal": "K10", "claims": CLAIMS}, "stats": {"data": [9.0]}},
    ],
}

EXPECTED = """
|  | contest | rows | rival | ours, ms | theirs, ms | ratio | least … most | goal |
| --- | --- | ---: | --- | ---: | ---: | ---: | ---: | --- |
| K1 | moments | 1,000,000 | read limit | 10.0 | 6.40 | 0.640 | 0.640 … 0.640 | ≥ 0.65 missed |
| K2 | moments | 1,000,000 | pandas | 10.0 | 60.0 | 6.00x | 5.00 … 10.0 | ≥ 8x missed |
|  | moments | 1,000,000 | polars | 10.0 | 1,234 | 123x | 123 … 123 |  |

|  | figure | median | least … most | unit | limit |
| --- | --- | ---: | ---: | --- | --- |
| K10 | compile | 2.00 | 1.00 … 3.00 | CPU-s | ≤ 2 |
| K10 | call of a | 0.900 | 0.900 … 0.900 | s | ≤ 0.7 missed |
| K10 | call of b | 0.500 | 0.500 … 0.500 | s | ≤ 0.7 |
"""


def test_ratios_are_of_rounds() -> None:
    """The ratio is the median of the rounds' own ratios, in order of the goals; a missed goal says so."""
    head, _, body = tables(FOUND).partition("\n")
    assert body.strip() == EXPECTED.strip()
    assert head.startswith("A CPU, 2 cores, 24 GiB; Python 3.12.1, numba 0.68.1; 2026-11-22. One thread each")


def test_summary_has_the_goals_alone() -> None:
    """The summary has a line for each contest with a goal, and the worst figure of each kind."""
    lines = [line for line in summary(FOUND).splitlines() if line.startswith("| K")]
    assert lines == [
        "| K1 | moments | 1,000,000 | 10.0 | read limit 0.640 (0.640 … 0.640; ≥ 0.65 missed) |",
        "| K2 | moments | 1,000,000 | 10.0 | pandas 6.00x (5.00 … 10.0; ≥ 8x missed) |",
        "| K10 | call of a | 0.900 | 0.900 … 0.900 | s | ≤ 0.7 missed |",
        "| K10 | compile | 2.00 | 1.00 … 3.00 | CPU-s | ≤ 2 |",
    ]


SHOWN = {
    0.0: "0.000",
    0.6434: "0.643",
    1.0: "1.00",
    5.118: "5.12",
    41.66: "41.7",
    312.4: "312",
    12345: "12,345",
}


@pytest.mark.parametrize(("x", "shown"), SHOWN.items())
def test_numbers_have_three_digits(x: float, shown: str) -> None:
    """Three digits that count, more only where the number is large."""
    assert number(x) == shown


def test_text_around_the_markers_stays() -> None:
    """Only what stands between the markers is replaced, as often as one likes."""
    text = f"before\n{START}\nold\n{END}\nafter\n"
    once = written(text, "new")
    assert once == f"before\n{START}\n\nnew\n\n{END}\nafter\n"
    assert written(once, "new") == once


def test_missing_markers_are_said() -> None:
    """A document without the markers is not written to."""
    with pytest.raises(ValueError, match="are missing"):
        written("nothing here", "new")


@pytest.mark.parametrize("name", ["README.md", "docs/kernels.md"])
def test_documents_have_the_markers(name: str) -> None:
    """The documents that the script writes to have a place for it."""
    assert written((ROOT / name).read_text(encoding="utf-8"), "new")
