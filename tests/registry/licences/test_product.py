from __future__ import annotations

from fitment.registry.licences.product import Part, product
from fitment.registry.licences.verdicts import Relation

PARTS = (Part("a", "llama2"), Part("b", "apache-2.0"), Part("c", None))


def test_each_into_the_product_and_in_pairs() -> None:
    """The first of a pair is outbound; a part without a licence is unknown, never free."""
    found = product(PARTS, "MIT", Relation.FINETUNE_RELEASE)
    assert [each.verdict for each in found.alone] == ["incompatible", "compatible", "unknown"]
    pairs = {(out, into): each.verdict for out, into, each in found.pairs}
    assert (pairs[0, 1], pairs[1, 0], pairs[1, 2], len(pairs)) == ("compatible", "incompatible", "unknown", 6)


def test_no_pairs_where_there_is_no_outbound_side() -> None:
    """Serving one model says nothing of another."""
    assert product(PARTS, None, Relation.SERVE_API).pairs == ()
