from __future__ import annotations

import pytest
from fitment.registry.choosing import ranking
from fitment.registry.choosing.found import Found
from fitment.registry.choosing.wanted import AskedMetric, Wanted
from fitment.registry.choosing.weighting import default
from fitment.registry.licences.verdicts import Context, Relation
from fitment.registry.report.choice_words import answered, asked, excluding, hardware_lines, speed_figure

from tests.registry.choosing.models import fit, meeting, speed


def test_all_that_share_rank_1() -> None:
    """Each in a line; those below --top-k are counted."""
    models = tuple(meeting(name, rating=4.0) for name in "abc")
    found = ranking.ranked(Found(Wanted(top_k=2), 3, models, (), None), default())
    first, *lines = answered(found)
    assert first == "Tie of 3: their scores are not told apart (resolution 0.02)."
    assert lines[0] == "a: score 0.800."
    assert lines[2] == "1 more of rank 1 lie below --top-k."


def test_what_was_asked() -> None:
    """Facts in words; a metric without a bound is preferred, not required."""
    wanted = Wanted(
        metrics=(AskedMetric("mmlu"),),
        licence_into="MIT",
        relation=Relation.MERGE,
        facts=Context(commercial=False, monthly_active_users=12_000),
    )
    found = ranking.ranked(Found(wanted, 1, (meeting(),), (), None), default())
    lines = list(asked(found))
    assert lines[0] == "Required: licence into MIT."
    assert "Preferred: mmlu." in lines
    assert "What is done with it: merge." in lines
    assert "Facts: commercial no, monthly active users 12,000." in lines
    assert list(excluding(found)) == []


@pytest.mark.parametrize(
    ("low", "high", "text"), [(98.0, 102.0, "100 samples/s ±2.0%"), (None, None, "100 samples/s")]
)
def test_speeds(low: float | None, high: float | None, text: str) -> None:
    """With their spread where there is one."""
    assert speed_figure(speed(100.0, low, high)) == text


def test_what_stands_for_measured_is_explained() -> None:
    """Estimates say what they are; so does P(best), where there is one."""
    model = meeting(fit=fit(50, tier="estimated from size"), estimated=speed(1.0, tier="estimated from size"))
    found = ranking.ranked(Found(Wanted(), 1, (model,), (), None), default())
    assert len(list(hardware_lines(found))) == 2
    measured = meeting(fit=fit(50), speed=speed(1.0, p_best=0.5))
    (line,) = hardware_lines(ranking.ranked(Found(Wanted(), 1, (measured,), (), None), default()))
    assert line.startswith("P(best)")
