"""What a report says in words."""

from __future__ import annotations

import math

import pytest
from fitment.harness.gate import report_words as words
from fitment.harness.gate.judgement import SINCE, TIME, Judgement, Verdict
from fitment.harness.gate.report import Side

from tests.harness.gate.reports import commit, judged, report


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        (math.log(1.104), "+10.4%"),
        (math.log(0.997), "−0.3%"),
        (0.0, "+0.0%"),
        (math.log(4.2), "×4.20"),
        (math.log(0.1), "×0.100"),
        (1e6, "×"),
        (None, "–"),
        (math.nan, "–"),
    ],
)
def test_a_change_is_a_percentage_or_a_factor(estimate: float | None, said: str) -> None:
    """Small changes in percent, large ones as a factor, none as a dash."""
    assert words.change(estimate).startswith(said)


def test_an_interval_needs_both_limits() -> None:
    """Half an interval is none."""
    assert words.interval(0.0, math.log(1.02)) == "+0.0% … +2.0%"
    assert words.interval(None, 0.1) == words.interval(0.1, None) == words.interval(math.nan, 0.1) == ""


def test_a_metric_has_its_unit() -> None:
    """Seconds for times, bytes for sizes, a number for counts; what is not measured is no 0."""
    assert words.amount(TIME, 0.00123) == "1.23 ms"
    assert words.amount("peak_allocated_bytes", 1.5e6) == "1.50 MB"
    assert words.amount("instructions", 12345.0) == "12,345"
    assert words.amount(TIME, None) == "–"
    assert words.amount(TIME + SINCE, 0.00123) == "1.23 ms"
    assert words.amount("peak_allocated_bytes" + SINCE, 1.5e6) == "1.50 MB"


def test_the_table_holds_all_times_and_the_counters_that_do_not_pass() -> None:
    """Passing counters are only counted."""
    found = report(
        1,
        judged(),
        judged(metric="allocations"),
        judged(metric="instructions", verdict=Verdict.REGRESSION),
    )
    shown = [row.cells[:2] for row in words.rows(found)]
    name = found.judgements[0].benchmark
    assert shown == [("pass", name), ("REGRESSION", f"{name} instructions")]
    assert words.quiet_counters(found) == "counters that pass: 1 of allocations"
    assert words.quiet_counters(report(1)) is None


def test_a_benchmark_counts_once_by_its_worst_metric() -> None:
    """A benchmark whose time passes and whose counter regresses is a regression."""
    found = report(
        1,
        judged(benchmark="a"),
        judged(benchmark="a", metric="allocations", verdict=Verdict.REGRESSION),
        judged(benchmark="b", verdict=Verdict.REGRESSION),
        Judgement("c", TIME, Verdict.ERRORED),
        judged(benchmark="d"),
    )
    assert words.summary(found) == "1 errored, 2 regressions, 1 pass"


def test_the_headline_names_both_sides() -> None:
    """With the commit where the label is none, and whether files were changed."""
    said = words.headline(
        report(1, base=Side("main", commit(0xAB)), head=Side("working tree", commit(7), dirty=True))
    )
    assert said.startswith(f"main ({commit(0xAB)[:8]}) → working tree ({commit(7)[:8]}) + changes on ")
    bare = words.headline(report(1, base=Side(commit(5)[:12], commit(5)), head=Side("night", recorded=True)))
    assert bare.startswith(f"{commit(5)[:12]} → night, recorded on ")


def test_each_finding_comes_with_what_to_do() -> None:
    """A regression can be accepted, an open question can be decided, a pass needs nothing."""
    regressed = "\n".join(words.advice(report(0xABC, judged(verdict=Verdict.REGRESSION))))
    assert "fitment gate accept 00000abc --reason" in regressed
    assert "number of pairs" in "\n".join(words.advice(report(1, judged(verdict=Verdict.INCONCLUSIVE))))
    assert list(words.advice(report(1))) == []


def test_one_commit_on_both_sides_is_told() -> None:
    """A pass says nothing of a change then; with changes that are in no commit it does."""
    clean, changed = Side("working tree", commit(0)), Side("working tree", commit(0), dirty=True)
    assert any("the same commit" in line for line in words.remarks(report(1, head=clean)))
    assert not any("the same commit" in line for line in words.remarks(report(1, head=changed)))


def test_a_note_of_many_benchmarks_is_said_once() -> None:
    """With the first of them named, and the run's own notes behind."""
    many = [Judgement(name, TIME, Verdict.NOT_MEASURED, note="skipped") for name in "abcd"]
    found = report(1, *many, Judgement("e", "allocations", Verdict.TOO_NOISY, note="moves"))
    assert list(words.remarks(found)) == [
        "a, b and 2 more: skipped",
        "e allocations: moves",
        "the machine was busy",
    ]
