"""Criteria that some candidates lack: dropped for all, counted as the lowest, or required."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fitment.registry.answers import Estimate
from fitment.registry.errors import UnknownNameError
from fitment.registry.fit.recommend import answer

from tests.registry.fit.estimates import QUESTION, has_note, k, ok, ranks, reasons, row


def without(e: Estimate, *criteria: str) -> Estimate:
    fields: dict[str, None] = {}
    if "latency" in criteria:
        fields |= {"latency_p50_s": None, "latency_mean_s": None}
    if "memory" in criteria:
        fields |= {"memory_bytes": None, "memory_scope": None}
    return replace(e, **fields)


A = ok("A", k(1), 100.0)
B = without(ok("B", k(1), 90.0), "latency", "memory")
C = ok("C", k(1), 50.0, memory_bytes=2 * 10**9)


def test_renormalise_drops_it_for_all() -> None:
    """The default: the others share its weight."""
    found = answer(QUESTION, [A, B, C])
    assert (found.weights.latency, found.weights.memory) == (0.0, 0.0)
    assert ranks(found) == [(1, "A"), (2, "B"), (3, "C")]


def test_pessimistic_counts_a_gap_as_the_lowest() -> None:
    """B's latency and memory stand with C's, the lowest; a flag and notes say that they are not known."""
    found = answer(replace(QUESTION, missing="pessimistic"), [A, B, C])
    b, c = row(found, "B"), row(found, "C")
    assert (b.latency_score, b.memory_score) == (c.latency_score, c.memory_score) == (0.5, 0.5)
    assert (b.latency_s, b.memory_bytes) == (None, None)
    assert b.compatibility == pytest.approx(0.5 * 0.9 + 0.3 * 0.5 + 0.2 * 0.5)
    assert [r.hardware for r in found.rows if "pessimistic" in r.flags] == ["B"]
    assert has_note(found, "latency: not measured on B: it counts there as the lowest score")
    assert has_note(found, "memory: not measured on B: it counts there as the lowest score")
    assert sum(r.p_best or 0.0 for r in found.rows) == pytest.approx(1.0)


def test_pessimistic_never_lifts_what_lacks_it() -> None:
    """With its gap filled from below, a candidate ranks no better than if it had been as bad as the worst."""
    found = answer(replace(QUESTION, missing="pessimistic"), [A, without(ok("B", k(1), 101.0), "memory"), C])
    assert ranks(found)[0] == (1, "A")


def test_what_nobody_has_is_dropped_by_every_policy() -> None:
    """There is nothing to count and nobody to leave in."""
    bare = [without(A, "latency", "memory"), B]
    for policy in ("renormalise", "pessimistic", "require"):
        found = answer(replace(QUESTION, missing=policy), bare)
        assert found.weights.throughput == 1.0
        assert ranks(found) == [(1, "A"), (2, "B")]


def test_require_leaves_out_what_lacks_it() -> None:
    """Hardware without any such candidate is rejected by name; a note counts single configurations."""
    c8 = without(ok("C", k(8), 80.0), "latency")
    found = answer(replace(QUESTION, missing="require"), [A, ok("A", k(8), 200.0), B, C, c8])
    assert ranks(found) == [(1, "A"), (2, "C")]
    assert reasons(found) == {"B": "peak memory not measured, which --missing require requires"}
    assert found.decided == (k(1),)
    assert has_note(
        found, "latency is required: configurations where it is not measured are left out: 1 on C"
    )
    late = answer(replace(QUESTION, missing="require"), [A, without(ok("B", k(1), 90.0), "latency")])
    assert reasons(late) == {"B": "latency not measured, which --missing require requires"}


def test_memory_constrained_requires_memory_under_any_policy() -> None:
    """Its own policy; latency keeps the one that was asked for."""
    pair = [A, without(ok("B", k(1), 90.0), "memory"), without(C, "latency")]
    found = answer(replace(QUESTION, memory_constrained=True, missing="pessimistic"), pair)
    assert reasons(found) == {"B": "peak memory not measured, which --memory-constrained requires"}
    assert row(found, "C").flags == ("pessimistic",)


def test_a_policy_that_cannot_act_says_so() -> None:
    """Where no configuration is common, latency and memory are not compared at all."""
    apart = [ok("A", k(1), 10.0), ok("B", k(8), 20.0)]
    assert has_note(
        answer(replace(QUESTION, missing="pessimistic"), apart), "--missing pessimistic can't act"
    )


def test_an_unknown_policy_is_named() -> None:
    """With what there is."""
    with pytest.raises(UnknownNameError, match="did you mean pessimistic"):
        answer(replace(QUESTION, missing="pessimist"), [A])
