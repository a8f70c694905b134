"""All analyses together: of an ecosystem, and of one that says nothing."""

from __future__ import annotations

from fitment.registry.lineage.analyses.overview import overview
from fitment.registry.lineage.ecosystem import TRAITS

from tests.registry.lineage.small import ecosystem


def test_each_analysis_is_there() -> None:
    """Edges are counted by label, and each trait has its part."""
    found = overview(
        ecosystem(
            "a>b:finetune a>c:quantized+finetune c>c b>d:merge",
            {"a": {"licences": ("mit",)}, "b": {"licences": ("gpl",), "card_characters": 4}},
        )
    )
    assert (found.models, found.edges, found.self_loops) == (4, 4, 1)
    assert found.by_label == {"untyped": 1, "finetune": 1, "quantized": 1, "adapter": 0, "merge": 1}
    for parts in (found.values, found.mutation_rates, found.drifts, found.orderings):
        assert tuple(part.trait for part in parts) == TRAITS
    assert found.mutation_rates[0].rate == 1.0
    assert found.families.families[0].models == 4
    assert found.cards is not None
    assert found.cards.compared == 0


def test_one_model_that_says_nothing() -> None:
    """Every analysis has an answer, none of them a made-up number."""
    found = overview(ecosystem("", {"a": {}}))
    assert (found.models, found.edges, found.cards, found.growth.months) == (1, 0, None, ())
    assert (found.parents.parents, found.downloaded.models, found.families.families) == ((), (), ())
    assert all(each.rate is None for each in found.mutation_rates)
    assert all(each.value is None for each in found.reuse.correlations)
