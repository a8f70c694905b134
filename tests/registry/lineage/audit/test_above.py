"""The ways down to one model, found without the compiled kernel."""

from __future__ import annotations

import numpy as np
from fitment.registry.lineage.audit.above import Above
from fitment.registry.lineage.kinds import ALL, VIEWS

from tests.registry.lineage.small import ecosystem


def test_the_way_from_the_nearest_through_the_least_parents() -> None:
    """a and b carry; both are two edges from e, by c and by d: c is the lesser."""
    above = Above(ecosystem("a>d b>c c>e d>e"), 4, ALL)
    assert above.way(np.isin(above.models, [0, 1])) == [4, 2, 1]
    assert above.way(np.isin(above.models, [0])) == [4, 3, 0]
    assert above.way(np.zeros(len(above.models), bool)) == []


def test_a_circle_leads_back_to_the_model_and_a_view_ends_it() -> None:
    """From the model itself, all the way round; outside the view there is no way."""
    made = ecosystem("a>b:finetune b>c:merge c>a:finetune")
    above = Above(made, 0, ALL)
    assert above.way(above.models == 0) == [0, 2, 1, 0]
    assert sorted(Above(made, 0, VIEWS["finetune"]).models.tolist()) == [2]
    assert Above(made, 2, VIEWS["finetune"]).models.tolist() == []
