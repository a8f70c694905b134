from __future__ import annotations

import numpy as np
import pytest
from fitment.registry.lineage.kinds import VIEWS
from fitment.registry.lineage.questions.places import places
from fitment.registry.lineage.structure import structure

from tests.registry.lineage.small import ecosystem


def test_depths_above_in_and_below_a_cycle() -> None:
    """r and s lead into the cycle x, y; below it z is also a child of s."""
    made = ecosystem("r>x x>y y>x q>s s>x y>z s>z x>x")
    q, r, s, x, y, z = range(6)
    found = places(made, np.array([z, y, x, s, r, q], np.int32), np.ones(8, np.bool_))
    assert found.strong.tolist() == [z, x, x, s, r, q]
    assert found.depth.tolist() == [3, 2, 2, 1, 0, 0]
    assert found.generation.tolist() == [2, 1, 1, 1, 0, 0]


@pytest.mark.parametrize("view", ["all", "finetune", "any-merge", "no-merge"])
@pytest.mark.parametrize("edges", [60, 110])
def test_it_agrees_with_the_structure_of_all(view: str, edges: int) -> None:
    """On random graphs with cycles in cycles, self-loops and several kinds, in any order of the models."""
    drawn = np.random.default_rng(edges)
    words = [
        f"m{parent:02d}>m{child:02d}:{kind}"
        for parent, child in drawn.integers(0, 70, (edges, 2)).tolist()
        for kind in drawn.choice(["finetune", "merge", "adapter+merge"], 1)
    ]
    made = ecosystem(" ".join(words))
    mask = made.edges.mask(VIEWS[view])
    expected, models = structure(made, mask), drawn.permutation(len(made)).astype(np.int32)
    found = places(made, models, mask)
    for name in ("strong", "depth", "generation"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name)[models])
