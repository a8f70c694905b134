"""The most used parents and models, counted by hand."""

from __future__ import annotations

from fitment.registry.lineage.analyses.top_models import TopModel, TopParent, top_models, top_parents
from fitment.registry.lineage.kinds import VIEWS

from tests.registry.lineage.small import ecosystem

SMALL = ecosystem(
    "a>b:finetune a>c:quantized b>d:finetune c>d:merge d>a s>s:finetune y>z:adapter",
    {"a": {"downloads": 60, "likes": 3}, "b": {"downloads": 20}, "c": {"downloads": 20}, "d": {"likes": 1}},
)


def test_parents_by_children() -> None:
    """Of six edges to others two are a's; the cycle a … d reaches all of it, and s made nobody."""
    found = top_parents(SMALL, limit=4)
    assert found.parents == (
        TopParent("a", 2, 2 / 6, 3),
        TopParent("b", 1, 1 / 6, 3),
        TopParent("c", 1, 1 / 6, 3),
        TopParent("d", 1, 1 / 6, 3),
    )
    assert (found.distinct, found.edges) == (5, 6)


def test_parents_of_one_view() -> None:
    """Along finetune edges a leads to b and d by one child."""
    found = top_parents(SMALL, VIEWS["finetune"])
    assert found.parents == (TopParent("a", 1, 0.5, 2), TopParent("b", 1, 0.5, 1))


def test_a_line_deeper_than_any_walk() -> None:
    """Of 300 models that each come from the one before, the first has 299 descendants."""
    line = " ".join(f"m{i:03}>m{i + 1:03}" for i in range(299))
    assert top_parents(ecosystem(line), limit=2).parents == (
        TopParent("m000", 1, 1 / 299, 299),
        TopParent("m001", 1, 1 / 299, 298),
    )


def test_models_by_downloads() -> None:
    """a has 60 of 100; b and c as many, by name; who says nothing has no place, not the last."""
    found = top_models(SMALL, 3)
    assert found.models == (
        TopModel("a", 60, 0.6, 3, 2),
        TopModel("b", 20, 0.2, None, 1),
        TopModel("c", 20, 0.2, None, 1),
    )
    assert (found.told, found.untold, found.downloads) == (3, 4, 100)


def test_without_edges_or_downloads() -> None:
    """Nothing is first; and of no downloads at all there is no share."""
    lone = ecosystem("", {"a": {}})
    assert top_parents(lone).parents == ()
    assert top_models(lone).models == ()
    assert top_models(ecosystem("", {"a": {"downloads": 0}})).models == (TopModel("a", 0, None, None, 0),)
