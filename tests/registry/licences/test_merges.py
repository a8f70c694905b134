from __future__ import annotations

import pytest
from fitment.registry.licences.check import check
from fitment.registry.licences.verdicts import Context, Relation


@pytest.mark.parametrize(
    ("one", "other", "verdict", "chosen"),
    [
        ("apache-2.0", "mit", "compatible", "Apache-2.0"),
        ("apache-2.0", "llama2", "conditional", "llama2"),
        ("llama2", "llama2", "conditional", None),
        ("creativeml-openrail-m", "mit", "compatible", "creativeml-openrail-m"),
        ("llama2", "gemma", "unknown", None),  # both agreements at once: no clause says
        ("llama2", "tongyi-qianwen", "unknown", "llama2"),  # each forbids to improve other models
        ("GPL-3.0-only", "creativeml-openrail-m", "incompatible", None),
        ("cc-by-sa-4.0", "cc-by-nc-4.0", "incompatible", None),
        ("cc-by-nd-4.0", "mit", "incompatible", None),
    ],
)
def test_what_merged_weights_may_go_out_under(one: str, other: str, verdict: str, chosen: str | None) -> None:
    """The licence that may hold both is named, whichever was asked first."""
    for found in (check(one, other, Relation.MERGE), check(other, one, Relation.MERGE)):
        assert (found.verdict, found.chosen) == (verdict, chosen)


def test_a_stated_fact_forbids_where_the_agreements_alone_leave_it_open() -> None:
    """Too many users for the one licence are too many for the merged weights."""
    many = Context(commercial=True, monthly_active_users=10**9)
    assert check("tongyi-qianwen", "mit", Relation.MERGE, many).verdict == "incompatible"
