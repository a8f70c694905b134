from __future__ import annotations

import pytest
from fitment.registry.licences.check import check
from fitment.registry.licences.verdicts import Context, Relation


@pytest.mark.parametrize(
    ("outbound", "inbound", "verdict"),
    [
        ("mit", "apache-2.0", "conditional"),  # copies keep Apache's text
        ("apache-2.0", "mit", "compatible"),
        ("mit", "cc0-1.0", "compatible"),
        ("mit", "openmdw-1.0", "compatible"),
        ("mit", "cc-by-4.0", "incompatible"),
        ("mit", "gpl-3.0", "incompatible"),
        ("mit", "qwen", "incompatible"),  # other terms are for derivatives alone
        ("GPL-3.0-only", "GPL-2.0-or-later", "compatible"),
        ("GPL-3.0-only", "MPL-2.0", "incompatible"),  # larger works alone
        ("CC0-1.0", "mit", "conditional"),
        ("cc-by-nc-4.0", "cc-by-nc-4.0", "compatible"),
        (None, "llama2", "conditional"),
    ],
)
def test_relabelling(outbound: str | None, inbound: str, verdict: str) -> None:
    """The same weights under another name of a licence."""
    assert check(outbound, inbound, Relation.RELABEL_WEIGHTS).verdict == verdict


@pytest.mark.parametrize(
    ("outbound", "inbound", "verdict"),
    [
        (None, "apache-2.0", "compatible"),
        (None, "cc-by-nd-4.0", "compatible"),
        (None, "cc-by-nc-4.0", "conditional"),
        (None, "gemma", "conditional"),
        ("gemma", "gemma", "compatible"),
        ("mit", "llama2", "conditional"),
        ("mit", "gpl-3.0", "conditional"),  # it stays what it is beside the rest
        (None, "mistral-research", "unknown"),  # whose clauses on copies weren't read
    ],
)
def test_unchanged_copies(outbound: str | None, inbound: str, verdict: str) -> None:
    """Passed on under their own licence."""
    assert check(outbound, inbound, Relation.REDISTRIBUTE).verdict == verdict


def test_a_commercial_copy_of_non_commercial_weights() -> None:
    """The fact decides."""
    sold = check(None, "cc-by-nc-4.0", Relation.REDISTRIBUTE, Context(commercial=True))
    assert (sold.verdict, sold.reasons[0].clause) == ("incompatible", "limit.nc")
    assert (
        check(None, "cc-by-nc-4.0", Relation.REDISTRIBUTE, Context(commercial=False)).verdict == "compatible"
    )
