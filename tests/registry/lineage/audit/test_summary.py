"""An audit in numbers, counted by hand."""

from __future__ import annotations

from fitment.registry.lineage.audit.audit import audit
from fitment.registry.lineage.audit.summary import GroupCount, PairCount, SetCount, summary
from fitment.registry.lineage.kinds import VIEWS

from tests.registry.lineage.declaring import declared
from tests.registry.lineage.small import ecosystem

# Below a (Llama 2): b and c drop three clauses each, d declares none, e what isn't known; f is below e, g is
# below b and the non-commercial n; k keeps all, l is below m, of which nothing is wrong.
MADE = ecosystem(
    "a>b:finetune a>c:adapter a>d a>e:quantized e>f:finetune b>g:merge n>g:merge"
    " a>k:finetune m>l d>h:finetune",
    declared(
        "a=llama2 b=mit c=apache-2.0 d= e=other f=llama2 g=mit h=llama2 k=llama2 l=mit m=mit n=cc-by-nc-4.0"
    ),
)


def test_counted_by_hand() -> None:
    """Every model with parents is in one of five counts; a model counts once for a pair and a group."""
    found = summary(audit(MADE))
    assert (found.models, found.with_parents) == (12, 9)
    assert (found.dropping, found.clauses) == (3, 3 + 3 + 4)
    assert (found.derived, found.through_adapters, found.through_untyped) == (7, 3, 0)
    assert (found.keeping, found.open) == (2, 2)  # k, l; f and h
    assert (found.undeclared, found.undeclared_inheriting) == (1, 1)
    assert (found.unjudged, found.unjudged_inheriting) == (1, 1)
    assert found.groups == (
        GroupCount("lost_nc", 1, 1),
        GroupCount("lost_rail", 3, 6),
        GroupCount("lost_copyleft", 0, 0),
        GroupCount("lost_threshold", 3, 3),
        GroupCount("lost_naming", 0, 0),
    )
    assert found.pairs[0] == PairCount("llama2", "mit", 2)
    assert set(found.pairs[1:]) == {PairCount("llama2", "apache-2.0", 1), PairCount("cc-by-nc-4.0", "mit", 1)}
    assert found.unknown == (SetCount("other", 1),)


def test_in_a_view() -> None:
    """Who has parents, and what they inherit, is asked along its edges alone."""
    found = summary(audit(MADE, VIEWS["adapter"]))
    assert (found.view, found.with_parents, found.dropping, found.through_adapters) == ("adapter", 1, 1, 3)


def test_without_edges() -> None:
    """Nothing is with parents, and no pair is there to count."""
    found = summary(audit(ecosystem("", declared("a=llama2"))))
    assert (found.models, found.with_parents, found.pairs, found.unknown) == (1, 0, (), ())
