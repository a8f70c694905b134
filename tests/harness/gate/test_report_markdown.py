"""The report of a pull request."""

from __future__ import annotations

from fitment.harness.gate.judgement import Verdict
from fitment.harness.gate.report_markdown import MOST_ROWS, to_markdown

from tests.harness.gate.reports import judged, report

COMMENT = 65_536


def test_findings_come_first_and_passes_are_folded() -> None:
    """The heading says the verdict, the open table holds what needs a reader."""
    text = to_markdown(
        report(1, judged(0.001, 0.0012, verdict=Verdict.REGRESSION, benchmark="a"), judged(benchmark="b"))
    )
    assert text.startswith("### ❌ Benchmarks: 1 regression, 1 pass\n")
    shown, folded = text.split("<details>")
    assert "| REGRESSION | a | 1.00 ms | 1.20 ms | +20.0% |" in shown
    assert "| pass |" not in shown
    assert "| pass | b |" in folded
    assert "</details>" in folded


def test_a_clean_run_is_one_line_and_a_fold() -> None:
    """No table is open where nothing needs a reader."""
    text = to_markdown(report(1))
    assert text.startswith("### ✅ Benchmarks: 1 pass\n")
    assert "|" not in text.split("<details>")[0]


def test_it_fits_a_comment_however_many_benchmarks_there_are() -> None:
    """The rows that don't fit are counted."""
    many = [
        judged(benchmark=f"tests/test_{i}.py::{'y' * 200}", verdict=Verdict.REGRESSION) for i in range(2000)
    ]
    text = to_markdown(report(1, *many))
    assert len(text) < COMMENT
    assert f"and {2000 - MOST_ROWS} more" in text


def test_names_do_nothing_to_the_page() -> None:
    """A pipe, a tag or a link in a name stays text."""
    text = to_markdown(report(1, judged(benchmark="a|b<script>[x](http://y)", verdict=Verdict.REGRESSION)))
    assert "<script>" not in text
    assert "a|b" not in text
    assert "[x](" not in text
