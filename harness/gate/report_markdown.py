"""A report as Markdown that fits a comment of a pull request: what needs a reader first, the rest folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...registry.report.markdown import table
from ...registry.report.text import markdown_cell
from . import report_words as words
from .judgement import Verdict, exit_code
from .report import GateReport

MOST_ROWS = 50  # open or folded, so that a comment stays below 65,536 characters
_MARKS = {0: "✅", 4: "⚠️", 5: "❌", 6: "⚠️"}
_UNREMARKABLE = frozenset({Verdict.PASS, Verdict.NEW})


def to_markdown(report: GateReport, *, strict: bool = False) -> str:
    """The whole summary, ending with a newline. No name in it can break out of its cell."""
    return "\n".join(_lines(report, strict)) + "\n"


def _lines(report: GateReport, strict: bool) -> Iterator[str]:
    code = exit_code(report.judgements, strict=strict)
    yield f"### {_MARKS[code]} Benchmarks: {words.summary(report)}"
    yield ""
    yield markdown_cell(words.headline(report))
    found = list(words.rows(report))
    open_rows = [row.cells for row in found if row.verdict not in _UNREMARKABLE]
    quiet = [row.cells for row in found if row.verdict in _UNREMARKABLE]
    yield from _table(open_rows)
    yield ""
    yield from _bullets(filter(None, (words.suite(report), words.quiet_counters(report))))
    yield from _bullets(words.remarks(report))
    yield from _bullets(words.advice(report))
    if quiet:
        yield ""
        yield f"<details><summary>{len(quiet)} without a finding</summary>"
        yield from _table(quiet)
        yield ""
        yield "</details>"
    yield ""
    yield f"run {report.id}, {report.at}, {report.seconds:.0f} s, exit code {code}"


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    if not rows:
        return
    yield ""
    yield from table(words.COLUMNS, rows[:MOST_ROWS], words.FIGURES)
    if len(rows) > MOST_ROWS:
        yield ""
        yield f"and {len(rows) - MOST_ROWS} more, in the JSON report"


def _bullets(lines: Iterable[str]) -> Iterator[str]:
    shown = [f"- {markdown_cell(line)}" for line in lines]
    yield from shown[:MOST_ROWS]
    if len(shown) > MOST_ROWS:
        yield f"- and {len(shown) - MOST_ROWS} more"
