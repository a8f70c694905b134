from __future__ import annotations

from fitment.registry.choosing import ranking
from fitment.registry.choosing.choice import Excluded, Unmet
from fitment.registry.choosing.found import Found
from fitment.registry.choosing.wanted import AskedMetric, Wanted
from fitment.registry.choosing.weighting import default

from tests.registry.choosing.models import meeting

METRICS = (AskedMetric("mmlu"),)
MODELS = (
    meeting("worst", metrics={"mmlu": 0.2}, rating=3.0),
    meeting("best", metrics={"mmlu": 0.8}, rating=4.0),
    meeting("second", metrics={"mmlu": 0.8}, rating=3.95),
)


def test_rows_carry_what_made_them() -> None:
    """Ranks with ties, every component, the weights as they were used."""
    found = ranking.ranked(Found(Wanted(metrics=METRICS), 3, MODELS, (), None), default())
    assert [(row.model_id, row.rank) for row in found.rows] == [("best", 1), ("second", 1), ("worst", 3)]
    assert found.tied == ("best", "second")
    weights = dict(found.weighting.weights)
    assert weights["quality"] == 0.4 / 0.55
    assert [c.weight for c in found.rows[0].components] == list(weights.values())
    assert found.rows[0].metrics == (("mmlu", 0.8),)


def test_order_of_the_models_changes_nothing() -> None:
    """Nor does a model that is excluded."""
    gone = Excluded("gone", "", (Unmet("task chat", True, ""),))
    found = ranking.ranked(Found(Wanted(metrics=METRICS), 3, MODELS, (), None), default())
    turned = ranking.ranked(Found(Wanted(metrics=METRICS), 4, MODELS[::-1], (gone,), None), default())
    assert turned.rows == found.rows


def test_nobody_is_left() -> None:
    """No rows, no tie; what comes nearest is there."""
    gone = Excluded("gone", "", (Unmet("task chat", True, ""),))
    found = ranking.ranked(Found(Wanted(task="chat"), 1, (), (gone,), None), default())
    assert (found.rows, found.tied, found.nearest) == ((), (), (gone,))
