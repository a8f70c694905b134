"""Addresses are URIs of the web, or are left out by name."""

from __future__ import annotations

import pytest
from fitment.registry.bom.references import external_references, web_address
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

IRI = Draft7Validator(
    {"type": "string", "format": "iri-reference"}, format_checker=Draft7Validator.FORMAT_CHECKER
)
HOSTILE = st.text(st.sampled_from(list("/:?#[]@%<>\\ \"'{}|^`aä2.-_\n\udcff\x00")), max_size=20)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://huggingface.co/a b/<x>", "https://huggingface.co/a%20b/%3Cx%3E"),
        ("HTTPS://Ex.COM:80/%zz%20?a=b c#f g", "https://ex.com:80/%25zz%20?a=b%20c#f%20g"),
        ("https://ünï.de/ü", "https://xn--n-nga1b.de/%C3%BC"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("http://user:secret@host/x", None),
        ("https://host\\@evil/", None),
        ("https://host:99999/", None),
        ("https://[::1/", None),
        ("https:///nothing", None),
        ("github.com/a/b", None),
        ("", None),
    ],
)
def test_what_is_an_address(text: str, expected: str | None) -> None:
    """Characters that no URI has are escaped; other schemes, users and broken hosts are none."""
    assert web_address(text) == expected


@given(st.sampled_from(["http://", "https://", "git://", "", "urn:"]), HOSTILE)
def test_every_address_is_valid(scheme: str, rest: str) -> None:
    """What comes out is an IRI reference for the schema's own checker, and stays what it is."""
    address = web_address(f"{scheme}h.org/{rest}" if scheme else rest)
    if address is not None:
        assert IRI.is_valid(address)
        assert web_address(address) == address


def test_by_kind() -> None:
    """A known kind has CycloneDX's type, another its name as the comment; hostile ones are told apart."""
    urls = {
        "paper 02": "https://p.org",
        "repository": "https://r.org",
        "blog": "https://b.org",
        "x": "javascript:1",
    }
    found, left_out = external_references(urls)
    assert found == [
        {"type": "other", "url": "https://b.org", "comment": "blog"},
        {"type": "documentation", "url": "https://p.org", "comment": "paper 02"},
        {"type": "vcs", "url": "https://r.org", "comment": "repository"},
    ]
    assert left_out == [("address_left_out", "x: javascript:1")]
