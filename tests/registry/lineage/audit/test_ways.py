"""Ways in words."""

from __future__ import annotations

from fitment.registry.lineage.audit.audit import audit
from fitment.registry.lineage.audit.ways import SHOWN, Ways, kind_between, way_words

from tests.registry.lineage.declaring import declared
from tests.registry.lineage.small import ecosystem


def test_a_way_is_walked_back() -> None:
    """Each step by the kind that labels its edge; the adapter is also quantised, and that is its label."""
    made = ecosystem("a>b:adapter b>c:quantized+adapter b>d", declared("a=gemma b=mit c=mit d=mit"))
    ways = Ways(audit(made), 0)
    assert ways.back(2, 2) == [2, 1, 0]
    assert way_words(made, [2, 1, 0], 0, 2) == "a > b (adapter) > c (adapter)"
    assert kind_between(made, 1, 3) == "untyped"


def test_a_long_way_is_cut() -> None:
    """Up to SHOWN models besides the first are named; of one more, how many are left out."""
    edges = " ".join(f"{a:02}>{a + 1:02}" for a in range(SHOWN + 1))
    made = ecosystem(edges, declared("00=gemma"))
    ways = Ways(audit(made), 0)
    for hops, cut in ((SHOWN, False), (SHOWN + 1, True)):
        words = way_words(made, ways.back(hops, hops), 0, hops)
        assert ("… 1 more …" in words) is cut
        assert words.count("(untyped)") == SHOWN
