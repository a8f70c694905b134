from __future__ import annotations

import numpy as np
import pytest
from fitment.registry.lineage import walk
from fitment.registry.lineage.walk import walked

from tests.registry.lineage.small import ecosystem


def test_the_nearest_come_first_by_their_first_edge() -> None:
    """d is reached by both b and c at two hops, and e by d: each once, with the edge that found it first."""
    made = ecosystem("a>b a>c b>d c>d d>e")
    found = walked(made.down, 0)
    assert made.names.of(found.models) == ["b", "c", "d", "e"]
    assert found.hops.tolist() == [1, 1, 2, 3]
    edges = made.edges
    ends = [(made.names[p], made.names[c]) for p, c in zip(edges.parent, edges.child, strict=True)]
    assert [ends[edge] for edge in found.edges] == [("a", "b"), ("a", "c"), ("b", "d"), ("d", "e")]


def test_masks_and_hops_cut_ways() -> None:
    """Without b>d, d is found through c; with at most one hop it is not found."""
    made = ecosystem("a>b:merge a>c b>d:merge c>d")
    mask = made.edges.label == 0
    assert made.names.of(walked(made.down, 0, mask).models) == ["c", "d"]
    assert made.names.of(walked(made.down, 0, mask, 1).models) == ["c"]
    assert len(walked(made.down, 0, most=0).models) == 0
    assert walked(made.down, 3).hops.tolist() == []


@pytest.mark.parametrize(("edges", "models", "hops"), [("a>a", "a", [1]), ("a>b b>c c>a", "bca", [1, 2, 3])])
def test_a_cycle_leads_back_to_the_start(edges: str, models: str, hops: list[int]) -> None:
    """Then, and only then, the start is among what is reached."""
    made = ecosystem(edges)
    found = walked(made.down, 0)
    assert (made.names.of(found.models), found.hops.tolist()) == (list(models), hops)


@pytest.mark.parametrize("masked", [False, True])
def test_wide_levels_give_what_narrow_ones_do(masked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a random graph with cycles and several parents: the same models, order, hops and edges."""
    drawn = np.random.default_rng(17)
    pairs = {tuple(pair) for pair in drawn.integers(0, 300, (900, 2)).tolist()}
    made = ecosystem(" ".join(f"m{parent:03d}>m{child:03d}" for parent, child in sorted(pairs)))
    mask = drawn.random(len(made.edges.parent)) < 0.7 if masked else None
    narrow = walked(made.down, 5, mask)
    for wide in (1, 8):
        monkeypatch.setattr(walk, "_WIDE", wide)
        found = walked(made.down, 5, mask)
        assert len(found.models) > 100
        for name in ("models", "hops", "edges"):
            np.testing.assert_array_equal(getattr(found, name), getattr(narrow, name))
