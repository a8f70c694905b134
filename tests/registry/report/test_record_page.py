"""What decision records of one model and of a mix have in common."""

from __future__ import annotations

from dataclasses import replace

from fitment.registry.fit.decision import Standing
from fitment.registry.report import record_page
from fitment.registry.report.document import Section

from tests.registry.report.conftest import ENVIRONMENT
from tests.registry.report.mixes import mixed
from tests.registry.report.test_decision_record import MACHINE

STANDING = Standing("c0ffee", 42, "0.1.0", (9, 4, 5, 6), None, ((ENVIRONMENT, MACHINE),))


def test_sections_without_content_are_left_out() -> None:
    """The others keep their order, from the question to the command."""
    page = record_page.page(
        "Which?",
        question=("q",),
        answer=("a",),
        runner_up=(),
        evidence=(Section("Seen", ("s",)), Section("Not seen")),
        notes=(),
        columns=(),
        standing=STANDING,
        command="fitment recommend net",
    )
    assert [section.title for section in page.sections] == [
        "Question", "Answer", "Seen", "Environments", "How to ask again",
    ]  # fmt: skip
    last = page.sections[-1]
    assert last.commands == ("fitment recommend net",)
    assert "Result ids: 4–6, 9." in last.lines


def test_the_gap_is_in_what_ranks() -> None:
    """By suitability where that ranks; None where one has no score; the lead stands beside it."""
    answer = mixed()
    assert record_page.gap(answer) == (
        "Gap in compatibility: 0.900 − 0.250 = 0.65; over the draws its lead over the best of the others is"
        " 0.010 to 0.600 (95% interval)."
    )
    sure = replace(answer, question=replace(answer.question, rank_by="suitability"))
    assert record_page.gap(sure) is None
    rows = tuple(replace(row, suitability=s) for row, s in zip(sure.rows, (0.5, 0.25), strict=True))
    assert (record_page.gap(replace(sure, rows=rows)) or "").startswith(
        "Gap in suitability: 0.500 − 0.250 = 0.25"
    )


def test_small_sentences() -> None:
    """Ranks that may be others, what is fixed, what a word means."""
    assert [record_page.ranked(row) for row in mixed().rows] == ["1 (1–2)", "2 (1–2)"]
    assert record_page.fixed("batch 8") == "Asked: batch 8."
    assert record_page.fixed("", "Asked of each part") == "Nothing else was fixed."
    said = tuple(record_page.answered(("A",), "toss-up"))
    assert said == ("A", f"How sure that is: {record_page.MEANT['toss-up']}.")
