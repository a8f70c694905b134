"""How much a trait changes from parent to child, with numbers worked out by hand."""

from __future__ import annotations

import pytest
from fitment.registry.lineage.analyses.mutation_rate import MutationRate, mutation_rate
from fitment.registry.lineage.kinds import ALL

from tests.registry.lineage.small import ecosystem

EDGES = "a>b:finetune a>c:finetune d>e:finetune d>f:quantized g>h:finetune i>i:finetune"
SAID = {
    "a": ("apache-2.0", "mit"),
    "b": ("mit",),  # 1 of 2 shared: 1/2
    "c": ("gpl-3.0",),  # 0 of 3: 1
    "d": ("mit",),
    "e": ("mit",),  # 0
    "f": ("gpl-3.0",),  # 1, and no finetune
    "h": ("mit",),  # of a parent that says nothing
    "i": ("mit",),  # of itself
}
MODELS = {name: {"licences": said} for name, said in SAID.items()}


def test_by_hand() -> None:
    """1/2, 1 and 0 of three edges: 1/2. Of the families of a (3/4) and d (0) one or both are drawn."""
    assert mutation_rate(ecosystem(EDGES, MODELS), "licences") == MutationRate(
        trait="licences",
        view="finetune",
        rate=0.5,
        low=0.0,
        high=0.75,
        pairs=3,
        changed=2,
        families=2,
        unsaid=1,
        self_loops=1,
    )


def test_along_all_edges() -> None:
    """With the quantized edge 2.5 of four, and still two families."""
    found = mutation_rate(ecosystem(EDGES, MODELS), "licences", ALL)
    assert (found.rate, found.pairs, found.changed, found.families) == (0.625, 4, 3, 2)


def test_a_family_is_one_observation() -> None:
    """However many edges one family has, alone it says nothing of how others differ."""
    found = mutation_rate(ecosystem("a>b:finetune a>c:finetune", MODELS), "licences")
    assert found.rate == pytest.approx(0.75)
    assert (found.low, found.high, found.families) == (None, None, 1)


@pytest.mark.parametrize("edges", ["", "a>b:quantized", "g>h:finetune", "i>i:finetune"])
def test_of_no_edge_there_is_no_rate(edges: str) -> None:
    """None, not 0: no edge, no finetune, nothing said, a model that is its own parent."""
    found = mutation_rate(ecosystem(edges, MODELS), "licences")
    assert (found.rate, found.low, found.high, found.pairs, found.families) == (None, None, None, 0, 0)
