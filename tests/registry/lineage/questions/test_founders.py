from __future__ import annotations

from fitment.registry.lineage.kinds import VIEWS
from fitment.registry.lineage.questions.founders import founders

from tests.registry.lineage.small import ecosystem

GRAPH = "a>b b>c a>c x>c:merge p>q q>p alone>alone"


def test_roots_by_how_many_models_descend_from_them() -> None:
    """c counts once below a; both members of a cycle are roots; a self-loop leads to nobody."""
    found = founders(ecosystem(GRAPH, {"a": {"licences": ("mit",), "likes": 1.0}}))
    assert [(row.model, row.descendants) for row in found.shown] == [("a", 2), ("p", 1), ("q", 1), ("x", 1)]
    assert (found.roots, found.alone) == (4, 1)
    assert (found.shown[0].licences, found.shown[0].likes, found.shown[0].created) == (("mit",), 1, None)


def test_a_view_and_a_limit() -> None:
    """Along merges only x leads anywhere; the others stand alone there."""
    found = founders(ecosystem(GRAPH), view=VIEWS["merge"])
    assert [(row.model, row.descendants) for row in found.shown] == [("x", 1)]
    assert (found.roots, found.alone) == (1, 5)
    assert len(founders(ecosystem(GRAPH), limit=1).shown) == 1
    assert founders(ecosystem("")).shown == ()
