"""What flows down a graph: how far, along which way, and who dropped it first."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.clause_flow import NONE, ClauseFlow, clause_flow

CARRIER, OTHER, DROPPER = 0, 1, 2


def flow(edges: list[tuple[int, int, int]], codes: list[int]) -> ClauseFlow:
    """One item, carried by class 0 and dropped by class 2, along edges sorted by their start."""
    counts = np.bincount([u for u, _, _ in edges], minlength=len(codes))
    return clause_flow(
        np.concatenate([[0], np.cumsum(counts)]),
        [v for _, v, _ in edges],
        [kind for _, _, kind in edges],
        codes,
        [[True, False, False]],
        [[False, False, True]],
        [[True, True, True]],
    )


def test_the_way_back_takes_the_nearest_carrier_and_the_least_number() -> None:
    """0 and 1 carry; 5 is two edges from both, by way of 4 from 0 and of 3 from 1: 3 is the lesser."""
    found = flow([(0, 4, 1), (1, 3, 2), (3, 5, 4), (4, 5, 1)], [0, 0, 1, 1, 1, 1])
    columns = (found.node, found.hops, found.via, found.origin, found.along)
    rows = {row[0]: row[1:] for row in zip(*columns, strict=True)}
    assert rows == {4: (1, 0, 0, 1), 3: (1, 1, 1, 2), 5: (2, 3, 1, 6)}


def test_who_drops_it_first() -> None:
    """Of a chain with two droppers the one nearer to the carrier; before it there is none."""
    found = flow([(0, 1, 1), (1, 2, 1), (2, 3, 1), (3, 4, 1)], [CARRIER, OTHER, DROPPER, OTHER, DROPPER])
    assert found.first.tolist() == [NONE, 2, 2, 2]


def test_a_circle_leads_back_to_its_carrier() -> None:
    """Members of a circle follow one another, a loop is one of length 1, and a closed edge is none."""
    found = flow([(0, 1, 1), (1, 0, 1), (2, 2, 1), (3, 1, 0)], [CARRIER, OTHER, CARRIER, CARRIER])
    assert found.node.tolist() == [1, 2, 0]
    assert found.hops.tolist() == [1, 1, 2]
    assert found.origin.tolist() == [0, 2, 0]


@pytest.mark.compiled
def test_a_chain_and_a_circle_of_a_million() -> None:
    """Neither depth nor length is limited by a stack, and each edge is gone along once for an item."""
    n = 1_000_000
    codes = np.ones(n, np.int32)
    codes[0] = CARRIER
    ends = (np.arange(n) + 1) % n
    table = [[True, False]]
    found = clause_flow(np.arange(n + 1), ends, np.ones(n, np.uint8), codes, table, [[False, True]], table)
    assert (found.node.tolist(), found.hops.tolist(), found.first.tolist()) == ([0], [n], [1])


def test_graphs_that_are_none_are_refused() -> None:
    """Starts that go back or end elsewhere, nodes and classes that aren't there, tables that don't fit."""
    table = [[True, False]]
    rest = ([0, 0], table, table, table)
    for starts, neighbours in (([0, 2, 1], [0]), ([0, 1, 2], [0]), ([1, 1, 1], [0]), ([], [])):
        with pytest.raises(ValueError, match="starts must ascend from 0"):
            clause_flow(starts, neighbours, [1] * len(neighbours), rest[0][: len(starts[1:])], *rest[1:])
    with pytest.raises(ValueError, match="neighbours must lie between 0 and 1"):
        clause_flow([0, 1, 1], [2], [1], *rest)
    with pytest.raises(ValueError, match="codes must lie between 0 and 1"):
        clause_flow([0, 1, 1], [1], [1], [0, 2], table, table, table)
    with pytest.raises(ValueError, match="shown"):
        clause_flow([0, 1, 1], [1], [1], [0, 0], table, table, [[True]])
    with pytest.raises(ValueError, match="carried must have two axes"):
        clause_flow([0, 1, 1], [1], [1], [0, 0], [True], [True], [True])
