from __future__ import annotations

import numpy as np
from fitment.registry.lineage.kinds import VIEWS
from fitment.registry.lineage.pictures.tree_links import beside, edges_between

from tests.registry.lineage.small import ecosystem


def test_edges_between_those_that_are_drawn() -> None:
    """Away from the start, on the side that is asked, of the view alone; by the places that models have."""
    found = ecosystem("a>b:finetune a>c:merge b>c:adapter b>z:adapter c>c:merge")
    models = np.array([0, 2, 1], np.int32)  # a, c, b
    assert edges_between(found.down, models, None) == {(0, 2): 0, (0, 1): 1, (2, 1): 2, (1, 1): 4}
    assert edges_between(found.up, models, None) == {(2, 0): 0, (1, 0): 1, (1, 2): 2, (1, 1): 4}
    merges = found.edges.mask(VIEWS["merge"])
    assert edges_between(found.down, models, merges) == {(0, 1): 1, (1, 1): 4}


def test_second_ways_and_cycles_are_told_apart() -> None:
    """An edge to a model that leads back, or to itself, closes a cycle, whoever hangs from whom."""
    # 0 > 1 > 3, 0 > 2, 2 > 3 as well; 3 > 1 leads back; 4 and 5 lead to each other
    hangs_from = [-1, 0, 0, 1, 0, 0]
    between = [(0, 1), (1, 3), (0, 2), (2, 3), (3, 1), (0, 4), (0, 5), (4, 5), (5, 4), (2, 2)]
    also, cycles = beside(hangs_from, between)
    assert dict(also) == {3: [2]}
    assert dict(cycles) == {3: [1], 4: [5], 5: [4], 2: [2]}


def test_a_long_way_back() -> None:
    """The last of a line of a thousand leads to the first."""
    n = 1000
    line = [(at, at + 1) for at in range(n - 1)]
    also, cycles = beside([-1, *range(n - 1)], [*line, (n - 1, 0), (0, n - 1)])
    assert dict(cycles) == {n - 1: [0], 0: [n - 1]}
    assert not also
