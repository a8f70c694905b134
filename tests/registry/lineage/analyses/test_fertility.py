"""Which children have children, by hand."""

from __future__ import annotations

import pytest
from fitment.registry.lineage.analyses.fertility import Fertility, fertility
from fitment.registry.lineage.kinds import VIEWS

from tests.registry.lineage.small import ecosystem

LINEAGE = "a>b:finetune b>c:finetune a>d:quantized d>d:finetune b>e:adapter a>e:quantized e>f"


def counts(found: tuple[Fertility, ...]) -> dict[str, tuple[int, int]]:
    return {each.kind: (each.fertile, each.children) for each in found if each.children}


def test_by_hand() -> None:
    """Finetunes are b, which has children, and c; quantized are d, whose only child is itself, and e."""
    found = fertility(ecosystem(LINEAGE))
    assert [each.kind for each in found] == ["finetune", "quantized", "adapter", "merge", "untyped", "any"]
    assert counts(found) == {
        "finetune": (1, 2),
        "quantized": (1, 2),
        "adapter": (1, 1),
        "untyped": (0, 1),
        "any": (2, 5),
    }
    assert found[0].share == 0.5
    assert (found[0].low, found[0].high) == (pytest.approx(0.0945, abs=5e-5), pytest.approx(0.9055, abs=5e-5))
    assert found[3] == Fertility("merge", 0, 0, None, None, None)


def test_of_one_view() -> None:
    """Along finetune edges alone e is no child, and b has but c."""
    assert counts(fertility(ecosystem(LINEAGE), VIEWS["finetune"])) == {"finetune": (1, 2), "any": (1, 2)}


def test_models_are_counted_not_edges() -> None:
    """A finetune of three parents is one child; in a cycle each is the other's child and has one."""
    assert counts(fertility(ecosystem("a>d:finetune b>d:finetune c>d:finetune")))["finetune"] == (0, 1)
    assert counts(fertility(ecosystem("a>b:merge b>a:merge")))["merge"] == (2, 2)


def test_without_edges() -> None:
    """Nobody is a child, and no share is known."""
    for lineage in (ecosystem(""), ecosystem("", {"a": {}}), ecosystem("a>a:finetune")):
        found = fertility(lineage)
        assert counts(found) == {}
        assert {each.share for each in found} == {None}
