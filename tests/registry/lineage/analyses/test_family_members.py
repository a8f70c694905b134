"""Which models belong to which family."""

from __future__ import annotations

import numpy as np
from fitment.registry.lineage.analyses.family_members import largest, members
from fitment.registry.lineage.ecosystem import Structure

COMPONENT = np.array([0, 1, 0, 3, 1, 0, 6], np.int32)  # of seven models: 0, 2, 5 · 1, 4 · 3 · 6
STAND = Structure(COMPONENT, COMPONENT, COMPONENT, COMPONENT, COMPONENT)


def found(**asked: int) -> list[tuple[int, int]]:
    components, sizes = largest(STAND, **asked)
    return list(zip(components.tolist(), sizes.tolist(), strict=True))


def test_the_largest_first() -> None:
    """By size, equals by number; one alone counts where that is asked for."""
    assert found() == [(0, 3), (1, 2)]
    assert found(least=1) == [(0, 3), (1, 2), (3, 1), (6, 1)]
    assert found(least=4) == []


def test_that_of_one_model() -> None:
    """However small it is."""
    assert found(of=4) == [(1, 2)]
    assert found(of=3) == [(3, 1)]


def test_members_side_by_side() -> None:
    """In the order in which the components are given; models of others belong to none."""
    both = members(STAND, np.array([1, 0]))
    assert both.models.tolist() == [1, 4, 0, 2, 5]
    assert both.offsets.tolist() == [0, 2, 5]
    assert both.place.tolist() == [0, 0, 1, 1, 1]
    assert both.place_of.tolist() == [1, 0, 1, -1, 0, 1, -1]


def test_of_no_components() -> None:
    """Nobody."""
    nobody = members(STAND, np.array([], np.int64))
    assert (nobody.models.size, nobody.offsets.tolist()) == (0, [0])
