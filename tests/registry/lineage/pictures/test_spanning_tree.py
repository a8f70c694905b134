from __future__ import annotations

import numpy as np
from fitment.registry.lineage.ecosystem import Ecosystem
from fitment.registry.lineage.pictures.spanning_tree import SpanningTree, spanning_tree, worth_drawing
from fitment.registry.lineage.questions.follow import ancestors, descendants

from tests.registry.lineage.small import ecosystem

# a leads to b, c, d; b to e, f; e to g; c to g as well; g leads back to a
GRAPH = "a>b a>c a>d b>e b>f c>g e>g g>a a>a"


def tree(found: Ecosystem, model: str, *, up: bool = False) -> SpanningTree:
    followed = (ancestors if up else descendants)(found, model)
    return spanning_tree(found, followed, up=up)


def test_each_model_hangs_from_where_it_is_reached_first() -> None:
    """The start from none, though a cycle and a self-loop lead back to it; sizes count the model itself."""
    found = ecosystem(GRAPH)
    below = tree(found, "a")
    names = found.names.of(below.models)
    above = [names[place] if place >= 0 else None for place in below.hangs_from.tolist()]
    assert dict(zip(names, above, strict=True)) == {
        "a": None, "b": "a", "c": "a", "d": "a", "e": "b", "f": "b", "g": "c",
    }  # fmt: skip
    sizes = dict(zip(names, below.sizes.tolist(), strict=True))
    assert sizes == {"a": 7, "b": 3, "c": 2, "d": 1, "e": 1, "f": 1, "g": 1}
    assert below.edges[0] == -1


def test_upwards_as_well() -> None:
    """Then everyone hangs from a child of its own."""
    found = ecosystem("a>c b>c c>d x>a")
    above = tree(found, "d", up=True)
    assert found.names.of(above.models) == ["d", "c", "a", "b", "x"]
    assert above.hangs_from.tolist() == [-1, 0, 1, 1, 2]
    assert above.sizes.tolist() == [5, 4, 2, 1, 1]


def test_a_model_alone() -> None:
    """It is a tree of one."""
    found = ecosystem("", {"a": {}})
    alone = tree(found, "a")
    assert (alone.models.tolist(), alone.sizes.tolist()) == ([0], [1])
    assert worth_drawing(alone, found.downloads, 5) == [0]


def test_the_branches_of_most_models_stay() -> None:
    """Then the most downloaded, those of whom nothing is said last, then by number; branch after branch."""
    found = ecosystem(GRAPH, {"d": {"downloads": 9.0}, "f": {"downloads": 5.0}, "g": {"downloads": 5.0}})
    below = tree(found, "a")

    def drawn(limit: int) -> list[str]:
        return found.names.of(below.models[worth_drawing(below, found.downloads, limit)])

    assert drawn(1) == ["a", "b"]
    assert drawn(2) == ["a", "b", "c"]
    assert drawn(3) == ["a", "b", "c", "d"]
    assert drawn(4) == ["a", "b", "f", "c", "d"]
    assert drawn(6) == ["a", "b", "f", "e", "c", "g", "d"]
    assert drawn(600) == drawn(6)


def test_a_long_line_and_a_wide_star() -> None:
    """Neither is followed by recursion; limits hold for both."""
    line = tree(ecosystem(" ".join(f"m{i:04}>m{i + 1:04}" for i in range(3000))), "m0000")
    assert worth_drawing(line, np.full(3001, np.nan), 2000) == list(range(2001))
    star = tree(ecosystem(" ".join(f"a>m{i:04}" for i in range(500))), "a")
    assert worth_drawing(star, np.arange(501.0), 3) == [0, 500, 499, 498]
