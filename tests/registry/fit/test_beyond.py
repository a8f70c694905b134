"""What lies outside the compared configurations."""

from __future__ import annotations

from fitment.registry.fit.beyond import names
from fitment.registry.fit.recommend import answer

from tests.registry.fit.estimates import QUESTION, k, ok, row


def test_faster_outside_is_named() -> None:
    """A faster configuration that another has not measured is named, with how much faster and on whom."""
    found = answer(QUESTION, [ok("A", k(1), 10.0), ok("A", k(512), 51.0), ok("B", k(1), 5.0)])
    assert row(found, "A").beyond == "batch 512: 5.1x throughput, not measured on B"
    assert row(found, "B").beyond is None


def test_slower_outside_is_not() -> None:
    """What is slower outside K* is no news."""
    found = answer(QUESTION, [ok("A", k(1), 10.0), ok("A", k(512), 9.0), ok("B", k(1), 5.0)])
    assert row(found, "A").beyond is None


def test_only_within_the_question() -> None:
    """What the question rules out is no alternative."""
    from dataclasses import replace

    estimates = [ok("A", k(1), 10.0), ok("A", k(1, "bf16"), 51.0), ok("B", k(1), 5.0)]
    assert row(answer(replace(QUESTION, precision="fp32"), estimates), "A").beyond is None
    assert row(answer(QUESTION, estimates), "A").beyond == "bf16: 5.1x throughput, not measured on B"


def test_freed_batches() -> None:
    """Where batch is freed, what another lacks is the combination, at any batch."""
    found = answer(QUESTION, [ok("A", k(8), 10.0), ok("A", k(8, "bf16"), 20.0), ok("B", k(1), 5.0)])
    assert row(found, "A").beyond == "bf16: 2.0x throughput, not measured on B"


def test_differing_fields_where_nothing_is_shared() -> None:
    """Where rows share no combination each names the fields in which it differs from rank 1."""
    found = answer(QUESTION, [ok("A", k(8, "bf16"), 10.0), ok("B", k(1), 5.0)])
    assert row(found, "A").beyond is None
    assert row(found, "B").beyond == "batch 1, fp32 where rank 1 has batch 8, bf16"


def test_many_names_are_cut() -> None:
    """Beyond two, names are counted."""
    assert [names(list("ABCDE"[:n])) for n in (1, 2, 3, 5)] == [
        "A",
        "A and B",
        "A, B and 1 more",
        "A, B and 3 more",
    ]
