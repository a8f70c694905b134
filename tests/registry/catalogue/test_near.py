from __future__ import annotations

from fitment.registry.catalogue.near import SHOWN, hint, listed


def test_the_nearest_come_first_whatever_their_case() -> None:
    """Three at most; nothing near gives no hint."""
    names = ["production", "staging", "Product", "v1", "productive"]
    assert hint("prodution", names) == "did you mean production or Product or productive? "
    assert hint("STAGING", names) == "did you mean staging? "
    assert hint("release/2026-11", names) == ""
    assert hint("x" * 10_000, names) == ""


def test_many_names_are_cut_to_the_last() -> None:
    """A line stays a line: the newest are named, the others counted."""
    assert listed(["v1", "v2"]) == "v1, v2"
    assert listed(f"v{i}" for i in range(SHOWN + 5)) == ", ".join(
        ["5 others", *(f"v{i}" for i in range(5, SHOWN + 5))]
    )
