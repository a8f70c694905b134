"""A report as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ...registry.report.text import terminal
from . import report_words as words
from .judgement import exit_code
from .report import GateReport

LONGEST_NAME = 60


def lines(report: GateReport, *, strict: bool = False) -> list[str]:
    """The table with what was compared above, and what it means and what to do below."""
    return [terminal(line) for line in _lines(report, strict)]


def _lines(report: GateReport, strict: bool) -> Iterator[str]:
    yield words.headline(report)
    found = [_short(row.cells) for row in words.rows(report)]
    if found:
        yield ""
        yield from _table([words.COLUMNS, *found])
    yield ""
    yield from filter(None, (words.suite(report), words.quiet_counters(report)))
    yield from words.remarks(report)
    code = exit_code(report.judgements, strict=strict)
    run = f"run {report.id}, {report.seconds:.0f} s, seed {report.seed}"
    yield f"{words.summary(report)} (exit code {code}; {run})"
    yield from words.advice(report)


def _short(cells: tuple[str, ...]) -> tuple[str, ...]:
    """With the middle of a long name left out: its ends tell it apart."""
    name = cells[1]
    if len(name) > LONGEST_NAME:
        half = LONGEST_NAME // 2
        name = f"{name[: half - 1]}…{name[-half:]}"
    return (cells[0], name, *cells[2:])


def _table(found: list[tuple[str, ...]]) -> Iterator[str]:
    filled = [place for place in range(len(words.COLUMNS)) if any(row[place] for row in found[1:])]
    widths = {place: max(len(row[place]) for row in found) for place in filled}
    for row in found:
        cells = (
            row[place].rjust(widths[place])
            if words.COLUMNS[place] in words.FIGURES
            else row[place].ljust(widths[place])
            for place in filled
        )
        yield "  ".join(cells).rstrip()
