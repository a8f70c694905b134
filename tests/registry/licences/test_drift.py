from __future__ import annotations

import pytest
from fitment.registry.licences.drift import drift, inherited, keeps, members


@pytest.mark.parametrize(
    ("outbound", "inbound", "groups"),
    [
        ("mit", "cc-by-nc-4.0", {"lost_nc"}),
        ("apache-2.0", "creativeml-openrail-m", {"lost_rail"}),
        ("mit", "gpl-3.0", {"lost_copyleft"}),
        ("agpl-3.0", "gpl-3.0", {"lost_copyleft"}),
        ("mit", "llama3.1", {"lost_rail", "lost_threshold", "lost_naming"}),
        ("mit", "llama2", {"lost_rail", "lost_threshold"}),
        ("llama2", "mit", set()),
        ("llama2", "llama2", set()),
        ("cc-by-nc-4.0", "cc-by-nc-sa-4.0", {"lost_copyleft"}),
        ("CC-BY-SA-4.0", "CC-BY-SA-3.0", set()),
        ("gpl-3.0", "lgpl-2.1", set()),  # LGPL s.3
        ("cc-by-nc-4.0", "cc-by-nc-nd-4.0", {"lost_copyleft"}),
        ("mit", "MIT OR GPL-3.0-only", set()),  # common to both: nothing
        ("mit", "Apache-2.0 AND CC-BY-NC-4.0", {"lost_nc"}),  # both hold
        ("apache-2.0", "Apache-2.0 AND GPL-3.0-only", {"lost_copyleft"}),
        ("mit", "(MIT OR Apache-2.0) AND (Llama2 OR Gemma)", {"lost_rail"}),
        ("MIT AND CC-BY-NC-4.0", "CC-BY-NC-4.0", set()),
    ],
)
def test_what_is_lost(outbound: str, inbound: str, groups: set[str]) -> None:
    """Clauses of the inbound licence that the outbound one lacks, by group, each with where it stands."""
    found = drift(outbound, inbound)
    assert found.known
    assert {lost.group for lost in found.lost} == groups
    assert all(lost.reason.source for lost in found.lost)


@pytest.mark.parametrize("name", ["other", "", "nope", "MIT AND", "h-research"])
def test_what_is_not_known_loses_nothing(name: str) -> None:
    """And it is said that it isn't known."""
    for found in (drift("mit", name), drift(name, "mit")):
        assert (found.known, found.lost) == (False, ())


def test_what_allows_no_derivatives_is_not_copyleft() -> None:
    """Its one clause is named, not a share-alike that it doesn't have."""
    assert [lost.reason.clause for lost in drift("mit", "CC-BY-ND-4.0").lost] == ["limit.nd"]


def test_a_set_of_licences_is_known_where_each_is() -> None:
    """What it hands on is what all of them have; any of them keeps a clause."""
    either = members("mit", "cc-by-nc-4.0")
    assert [licence.identifier for licence in either] == ["MIT", "CC-BY-NC-4.0"]
    assert not inherited("mit", "cc-by-nc-4.0")
    assert keeps(either, "limit.nc", members("cc-by-nc-sa-4.0"))
    assert members("mit", "other") == () == members()
