from __future__ import annotations

import pytest
from fitment.registry.licences.clauses import licences
from fitment.registry.licences.identifiers import (
    FAMILY,
    KNOWN,
    MISSING,
    OTHER,
    READINGS,
    UNKNOWN,
    UNMAPPED,
    UNREAD,
    hub_tags,
    named,
    near,
    spdx_form,
)


@pytest.mark.parametrize(
    ("asked", "state", "members"),
    [
        ("apache-2.0", KNOWN, ("Apache-2.0",)),
        ("MIT", KNOWN, ("MIT",)),
        ("bsl-1.0", KNOWN, ("BSL-1.0",)),  # Boost, not the Business Source License
        ("odbl", KNOWN, ("ODbL-1.0",)),
        ("pddl", KNOWN, ("PDDL-1.0",)),
        ("lgpl-lr", KNOWN, ("LGPLLR",)),
        ("LicenseRef-scancode-llama-2-license-2023", KNOWN, ("llama2",)),
        ("LLAMA2", KNOWN, ("llama2",)),
        ("openmdw-1.0", KNOWN, ("OpenMDW-1.0",)),
        ("GPL-3.0+", KNOWN, ("GPL-3.0-or-later",)),
        ("gpl-3.0", READINGS, ("GPL-3.0-only", "GPL-3.0-or-later")),
        ("bsd", FAMILY, ("BSD-2-Clause", "BSD-3-Clause", "BSD-4-Clause")),
        ("other", OTHER, ()),
        ("unknown", UNKNOWN, ()),
        ("", MISSING, ()),
        ("h-research", UNREAD, ()),
        ("lama2", UNMAPPED, ()),
        ("Classpath-exception-2.0", UNMAPPED, ()),
    ],
)
def test_what_a_name_refers_to(asked: str, state: str, members: tuple[str, ...]) -> None:
    """SPDX identifiers, hub tags, model licences, families, and three ways of no licence."""
    found = named(asked)
    assert (found.state, found.members) == (state, members)
    assert bool(found.why) is (state != KNOWN)


def test_a_name_that_is_near() -> None:
    """It is offered, never taken; a text that is no name isn't held against all of them."""
    assert "llama2" in near("lama2")
    assert near("llama2" * 100) == ()


def test_the_tags_of_the_hub() -> None:
    """All 82 are mapped; what they stand for has clauses, or it is said that the text wasn't read."""
    assert len(hub_tags()) == len(set(hub_tags())) == 82
    for tag in hub_tags():
        found = named(tag)
        assert found.state != UNMAPPED
        assert all(member in licences() for member in found.members), tag


def test_the_form_for_a_bill_of_materials() -> None:
    """SPDX where it lists the licence, LicenseRef-… where it doesn't, nothing for what isn't known."""
    assert [spdx_form(x) for x in ("mit", "llama2", "bsd", "nope")] == [
        "MIT",
        "LicenseRef-llama2",
        None,
        None,
    ]
