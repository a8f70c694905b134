"""How many children models have."""

from __future__ import annotations

from fitment.registry.lineage.analyses.offspring import children_counts
from fitment.registry.lineage.kinds import ALL, VIEWS

from tests.registry.lineage.small import ecosystem


def test_only_others_are_children() -> None:
    """a has b and c, b has c; d, which names itself as its parent, has none."""
    small = ecosystem("a>b:finetune a>c:quantized b>c d>d:finetune")
    assert children_counts(small, ALL).tolist() == [2, 1, 0, 0]
    assert children_counts(small, VIEWS["finetune"]).tolist() == [1, 0, 0, 0]
    assert children_counts(ecosystem("", {"a": {}}), ALL).tolist() == [0]
