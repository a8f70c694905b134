"""A declared licence is an identifier, one expression, or a name: never two of them, never invented."""

from __future__ import annotations

import pytest
from cyclonedx.spdx import is_supported_id
from fitment.registry.bom.licence_choice import licence_choice
from fitment.registry.licences.identifiers import hub_tags
from hypothesis import given
from hypothesis import strategies as st
from license_expression import get_spdx_licensing


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (None, []),
        ("  ", []),
        ("apache-2.0", [{"license": {"id": "Apache-2.0", "acknowledgement": "declared"}}]),
        ("gpl-3.0", [{"license": {"id": "GPL-3.0", "acknowledgement": "declared"}}]),
        ("other", [{"license": {"name": "other", "acknowledgement": "declared"}}]),
        ("openrail", [{"license": {"name": "openrail", "acknowledgement": "declared"}}]),
        ("mit AND (", [{"license": {"name": "mit AND (", "acknowledgement": "declared"}}]),
        ("own\x1b[31m", [{"license": {"name": "own\\x1b[31m", "acknowledgement": "declared"}}]),
        ("mit or apache-2.0", [{"expression": "MIT OR Apache-2.0", "acknowledgement": "declared"}]),
        (
            "llama2 and (mit or our own)",
            [
                {
                    "expression": "LicenseRef-llama2 AND (MIT OR LicenseRef-our-own)",
                    "acknowledgement": "declared",
                }
            ],
        ),
        (
            "gpl-2.0-only with classpath-exception-2.0",
            [
                {
                    "expression": "GPL-2.0-only WITH Classpath-exception-2.0",
                    "acknowledgement": "declared",
                }
            ],
        ),
    ],
)
def test_which_form(declared: str | None, expected: list[object]) -> None:
    """SPDX's own as an id, model licences as LicenseRef, several as an expression, the rest as declared."""
    assert licence_choice(declared) == expected


def test_a_model_licence_says_where_it_was_read() -> None:
    """It has a LicenseRef for a name, its title, and the text that its clauses were read in."""
    (choice,) = licence_choice("llama2")
    assert choice["license"]["name"] == "LicenseRef-llama2"
    told = {each["name"]: each["value"] for each in choice["license"]["properties"]}
    assert "Llama 2" in told["fitment:title"]
    assert "Llama 2 Community License" in told["fitment:source"]


def test_every_known_licence_is_valid() -> None:
    """Each identifier of SPDX's list and each tag of the hub is in the schema's list, or is a name."""
    known = [key for key, symbol in get_spdx_licensing().known_symbols.items() if not symbol.is_exception]
    licences = [licence_choice(name)[0]["license"] for name in (*known, *hub_tags())]
    ids = [licence["id"] for licence in licences if "id" in licence]
    assert [each for each in ids if not is_supported_id(each)] == []
    assert len(set(ids)) > 600


@given(st.lists(st.text(st.sampled_from(list("ab (){}AND or\x1bWITH-mit/:")), max_size=12), max_size=4))
def test_any_text_is_valid(parts: list[str]) -> None:
    """Whatever was declared, the list is of one kind, and its expression has the characters of one."""
    (choice,) = licence_choice(" AND ".join(parts)) or [{"license": {"name": "x"}}]
    assert set(choice) - {"acknowledgement"} in ({"license"}, {"expression"})
    if "expression" in choice:
        words = choice["expression"].replace("(", " ").replace(")", " ").split()
        assert all(word.isascii() and word.replace("-", "").replace(".", "").isalnum() for word in words)
