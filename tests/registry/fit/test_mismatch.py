"""Devices measured with different torch releases."""

from __future__ import annotations

from fitment.registry.fit.mismatch import in_words, mismatched

from tests.registry.fit.estimates import k, ok


def test_the_odd_one_is_flagged() -> None:
    """Whoever differs from the most common minor version is named; patch releases don't count."""
    rows = [
        ok("A", k(), 1.0, torch="2.9.1"),
        ok("B", k(), 1.0, torch="2.9.0"),
        ok("C", k(), 1.0, torch="2.4.0"),
    ]
    assert mismatched(rows) == {"C"}
    assert in_words(rows) == "software_mismatch: measured with torch 2.4 on C; 2.9 on A and B"


def test_of_two_the_older_is_flagged() -> None:
    """Of equally common versions the newest is the yardstick, as a number."""
    assert mismatched([ok("A", k(), 1.0, torch="2.9.0"), ok("B", k(), 1.0, torch="2.10.0")]) == {"A"}


def test_unknown_and_equal_are_no_mismatch() -> None:
    """A version that nobody states is not a different one."""
    assert mismatched([ok("A", k(), 1.0), ok("B", k(), 1.0, torch=None)]) == frozenset()
    assert in_words([ok("A", k(), 1.0)]) is None
