from __future__ import annotations

import pytest
from fitment.registry.errors import QuestionError, UnknownNameError
from fitment.registry.lineage.kinds import VIEWS
from fitment.registry.lineage.pictures.family_tree import Branches, Link, family_tree

from tests.registry.lineage.small import ecosystem

FAMILY = "top>up:finetune up>net:quantized net>a:adapter net>b:merge a>b:merge out>b:merge b>c c>b:finetune"
TOLD = {"net": {"licences": ("mit",), "likes": 2.0, "downloads": 7.0}, "a": {"licences": ("gpl-3.0", "mit")}}


def outline(side: Branches) -> list[tuple[str, str | None, int]]:
    return [(model.name, model.kind, model.depth) for model in side.models]


def test_both_sides() -> None:
    """Each model once, with the label of the edge by which it hangs, what is said of it, and its class."""
    tree = family_tree(ecosystem(FAMILY, TOLD), "net")
    assert outline(tree.above) == [("net", None, 0), ("up", "quantized", 1), ("top", "finetune", 2)]
    assert outline(tree.below) == [
        ("net", None, 0),
        ("b", "merge", 1),
        ("c", "untyped", 2),
        ("a", "adapter", 1),
    ]
    net, b, c, a = tree.below.models
    assert (net.likes, net.downloads, net.licences, net.licence_class) == (2, 7, ("mit",), "permissive")
    assert (a.likes, a.licences, a.licence_class) == (None, ("gpl-3.0", "mit"), "copyleft")
    assert (c.licences, c.licence_class) == ((), "none declared")
    assert b.also == (Link(3, "merge"),)
    assert c.cycles == (Link(1, "finetune"),)
    assert (b.elsewhere, c.elsewhere, net.elsewhere) == (1, 0, 0)
    assert all(model.hidden == 0 for model in tree.below.models)


def test_what_is_not_drawn_is_counted_where_it_hangs() -> None:
    """On each side apart; a parent that is not drawn counts as elsewhere."""
    tree = family_tree(ecosystem(FAMILY, TOLD), "net", limit=1)
    assert [(model.name, model.hidden) for model in tree.above.models] == [("net", 0), ("up", 1)]
    assert [(model.name, model.hidden) for model in tree.below.models] == [("net", 1), ("b", 1)]
    assert (tree.above.total, tree.below.total) == (2, 3)
    assert tree.below.models[1].elsewhere == 3


def test_a_view_leaves_out_the_other_edges() -> None:
    """Of the tree, of what is beside it and of what is elsewhere."""
    tree = family_tree(ecosystem(FAMILY, TOLD), "net", view=VIEWS["merge"])
    assert tree.view == "merge"
    assert outline(tree.above) == [("net", None, 0)]
    assert outline(tree.below) == [("net", None, 0), ("b", "merge", 1)]
    assert tree.below.models[1].elsewhere == 2


def test_a_model_on_a_cycle_is_drawn_once() -> None:
    """The edge back to it is the cycle's end, on either side."""
    tree = family_tree(ecosystem("a>b:finetune b>c:merge c>a:adapter a>a"), "a")
    assert outline(tree.below) == [("a", None, 0), ("b", "finetune", 1), ("c", "merge", 2)]
    assert tree.below.models[2].cycles == (Link(0, "adapter"),)
    assert tree.below.models[0].cycles == (Link(0, "untyped"),)
    assert outline(tree.above) == [("a", None, 0), ("c", "adapter", 1), ("b", "merge", 2)]
    assert tree.above.models[2].cycles == (Link(0, "finetune"),)


def test_what_cannot_be_drawn() -> None:
    """An unknown model, and a size that no picture has."""
    found = ecosystem(FAMILY)
    with pytest.raises(UnknownNameError, match='no model "nett"'):
        family_tree(found, "nett")
    for limit in (0, 1001):
        with pytest.raises(QuestionError, match="a picture holds 1 to 1,000 models"):
            family_tree(found, "net", limit=limit)


def test_a_model_alone_and_of_a_lineage_without_edges() -> None:
    """It stands on both sides by itself."""
    tree = family_tree(ecosystem("", {"a": {}}), "a")
    assert outline(tree.above) == outline(tree.below) == [("a", None, 0)]
