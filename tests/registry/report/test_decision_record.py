from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from fitment.registry.answers import Answer, Price
from fitment.registry.fit.decision import DecisionRecord, Standing
from fitment.registry.records import Environment
from fitment.registry.report.decision_record import to_html, to_markdown

from tests.registry.report.conftest import ENVIRONMENT, HOSTILE
from tests.registry.report.pages import Page, assert_alone

Golden = Callable[[str, str], None]
MACHINE = Environment(
    "cuda", "NVIDIA GeForce RTX 4090, 24 GiB", host="gpu-box", driver="570.86", cuda="13.0", torch="2.13.0",
    device_memory_bytes=25_757_220_864, libraries="numpy==2.4.6 torch==2.13.0",
)  # fmt: skip


def recorded(answer: Answer) -> DecisionRecord:
    ids = tuple(i for row in answer.rows for i in row.evidence.result_ids)
    newest = "2026-01-02T03:04:05+00:00"
    standing = Standing("c0ffee", 42, "0.1.0", ids, newest, ((ENVIRONMENT, MACHINE),))
    return DecisionRecord(answer, "fitment recommend resnet50 --latency-sensitive", standing)


@pytest.fixture
def led(compared: Answer) -> Answer:
    """The compared answer, in which the first's lead is known."""
    first = replace(compared.rows[0], lead_low=-0.011, lead_high=0.049)
    return replace(compared, rows=(first, *compared.rows[1:]))


def test_page(led: Answer, golden: Golden) -> None:
    """The whole record as Markdown and as HTML, which are the same each time."""
    golden("decision.md", to_markdown(recorded(led)))
    golden("decision.html", to_html(recorded(led)))


def test_html_holds_what_a_purchase_file_needs(led: Answer) -> None:
    """Question, answer, runner-up and gap, table, rejected, weights, environment, command and ids."""
    text = to_html(recorded(led))
    page = Page(text)
    assert_alone(page)
    shown = "\n".join(page.texts)
    for needed in (
        "Which hardware for resnet50?",
        "Recommended (likely): NVIDIA GeForce RTX 4090, 24 GiB with batch 32",
        "lead over the best of the others is −0.011 to 0.049 (95% interval)",
        "0.30 T + 0.60 L + 0.10 M",
        "Draws let processes differ by 1.1–2%",
        "not measured at batch 32",
        "fitment sweep --models resnet50 --devices cpu",
        "host gpu-box, driver 570.86, cuda 13.0, torch 2.13.0",
        "Store c0ffee, as it stood at event 42; fitment 0.1.0.",
        "2026-01-02T03:04:05+00:00",
        "Result ids: 3, 7, 9, 14–18, 10234.",
        "fitment recommend resnet50 --latency-sensitive",
    ):
        assert needed in shown, needed
    rows = [cells for cells in page.cells if len(cells) == 14]
    assert [cells[2] for cells in rows[1:]] == [row.hardware for row in led.rows]
    assert all(cells[12] == ENVIRONMENT for cells in rows[1:])


def test_a_toss_up_names_the_whole_tie_group(freed: Answer) -> None:
    """Where nothing tells two apart, both are the answer."""
    shown = "\n".join(Page(to_html(recorded(freed))).texts)
    assert "Toss-up of 2, by throughput alone: any of these may be the best" in shown
    assert all(f"\n{row.hardware} with " in shown for row in freed.rows)
    assert "toss-up: what was measured does not tell these apart" in shown


def test_what_is_spent_has_columns_where_it_was_asked_for(compared: Answer) -> None:
    """Cost and energy stand with their components, so that the score follows from the row; else no column."""
    assert "USD/1k" not in to_markdown(recorded(compared))
    first = replace(compared.rows[0], cost_per_1k_usd=0.0123, cost_score=0.875, energy_per_unit_j=4.5)
    price = Price(compared.rows[0].hardware, 0.7, "prices.csv:2")
    question = replace(compared.question, prices=(price,), cost=True, energy=True)
    shown = to_markdown(recorded(replace(compared, question=question, rows=(first, *compared.rows[1:]))))
    assert "| memory | cost, USD/1k | energy, J/unit | T | L | M | C | E | compat. |" in shown
    assert "| 0.0123 | 4.50 |" in shown
    assert "| 0.875 | – |" in shown


def test_nothing_usable(compared: Answer) -> None:
    """A record without rows says so and still names what was rejected."""
    text = to_markdown(recorded(replace(compared, rows=())))
    assert "Nothing that is asked runs on any hardware." in text
    assert "not measured at batch 32" in text
    assert "## Runner-up" not in text


def test_a_closest_miss_is_the_answer_where_limits_leave_nothing(compared: Answer) -> None:
    """It is said once."""
    missed = replace(compared, rows=(), certainty=None, closest_miss="closest is the RTX 4090: 7.59 ms")
    assert to_markdown(recorded(missed)).count("closest is the RTX 4090") == 1


def test_one_hardware_has_no_runner_up(compared: Answer) -> None:
    """A single row is not called a winner over anybody."""
    text = to_markdown(recorded(replace(compared, rows=compared.rows[:1])))
    assert "There is none: " in text


def test_B05_B08_hostile_texts_are_inert(hostile: Answer) -> None:
    """Of an answer in which everything is an attack come only the page's own elements, and no control."""
    record = replace(recorded(hostile), command=HOSTILE)
    machine = replace(MACHINE, host=HOSTILE, hardware=HOSTILE)
    record = replace(record, standing=replace(record.standing, environments=((HOSTILE, machine),)))
    text = to_html(record)
    assert_alone(Page(text))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert "{{" not in to_markdown(record)
