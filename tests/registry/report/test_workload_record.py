"""The decision record of a mix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fitment.registry.fit.decision import Standing
from fitment.registry.fit.workload_decision import WorkloadRecord
from fitment.registry.report.workload_record import to_html, to_markdown
from fitment.registry.workloads import WorkloadAnswer

from tests.registry.report.conftest import ENVIRONMENT
from tests.registry.report.mixes import hostile, mixed
from tests.registry.report.pages import Page, assert_alone
from tests.registry.report.test_decision_record import MACHINE

COMMAND = "fitment recommend --workload mix.toml --latency-sensitive --max-memory-mb 2000"


def recorded(answer: WorkloadAnswer) -> WorkloadRecord:
    standing = Standing(
        "c0ffee", 42, "0.1.0", (4, 5, 6, 7, 9), "2026-01-02T03:04:05+00:00", ((ENVIRONMENT, MACHINE),)
    )
    return WorkloadRecord(answer, COMMAND, standing)


def test_page(golden: Callable[[str, str], None]) -> None:
    """The whole record as Markdown and as HTML, which are the same each time."""
    golden("mix_decision.md", to_markdown(recorded(mixed())))
    golden("mix_decision.html", to_html(recorded(mixed())))


def test_nothing_left_is_a_page() -> None:
    """The closest miss is the answer; there is no table without rows."""
    nothing = replace(mixed(), rows=(), certainty=None, closest_miss="Nothing meets it")
    text = to_markdown(recorded(nothing))
    assert "Nothing meets it" in text
    assert "## Runner-up" not in text
    assert "GTX 1050" in text


def test_a_lone_hardware_has_no_runner_up() -> None:
    """It is said."""
    lone = replace(mixed(), rows=mixed().rows[:1], certainty=None)
    assert "There is none: no other hardware runs any part of this mix." in to_markdown(recorded(lone))


def test_B05_hostile_texts_are_inert() -> None:
    """The page loads and runs nothing, whatever texts it holds."""
    assert_alone(Page(to_html(recorded(hostile()))))
