from __future__ import annotations

import pytest
from fitment.registry.choosing.wanted import AskedMetric, Wanted, asked_metric, check
from fitment.registry.errors import QuestionError


@pytest.mark.parametrize(
    ("text", "metric"),
    [("mmlu>=0.4", AskedMetric("mmlu", ">=", 0.4)), (" wer < 12 ", AskedMetric("wer", "<", 12.0)),
     ("pass@1 (avg)", AskedMetric("pass@1 (avg)")), ("x<=-1e-3", AskedMetric("x", "<=", -0.001))],
)  # fmt: skip
def test_bounds_are_read(text: str, metric: AskedMetric) -> None:
    """With or without one; a bound from above means that less is better."""
    assert asked_metric(text) == metric
    assert metric.less_is_better == ("<" in text)


@pytest.mark.parametrize(
    "text", ["", ">=1", "mmlu>=", "mmlu=>1", "mmlu>=nan", "mmlu>=inf", "mmlu>1>2", "a" * 300]
)
def test_mistakes_are_named(text: str) -> None:
    """One line that says how it is written."""
    with pytest.raises(QuestionError, match="--metric"):
        asked_metric(text)


@pytest.mark.parametrize(
    ("sign", "kept"), [(">=", (False, True, True)), (">", (False, False, True)), ("<=", (True, True, False))]
)
def test_bounds_are_kept(sign: str, kept: tuple[bool, ...]) -> None:
    """Also where the figure is the bound; NaN keeps none."""
    metric = AskedMetric("m", sign, 0.5)
    assert tuple(map(metric.kept_by, (0.4, 0.5, 0.6))) == kept
    assert not metric.kept_by(float("nan"))


@pytest.mark.parametrize(
    "wanted",
    [Wanted(top_k=0), Wanted(max_size_bytes=0.0), Wanted(max_size_bytes=float("nan")),
     Wanted(precision="int8"), Wanted(metrics=(AskedMetric("a"), AskedMetric("a"))), Wanted(missing="guess")],
)  # fmt: skip
def test_questions_without_a_meaning(wanted: Wanted) -> None:
    """Are refused before anything is read."""
    with pytest.raises(QuestionError):
        check(wanted)
