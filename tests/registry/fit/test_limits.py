"""Limits act on what is recommended and on no score; what is not measured meets none."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from fitment.registry.answers import Question
from fitment.registry.errors import QuestionError
from fitment.registry.fit.limits import factor
from fitment.registry.fit.recommend import answer
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registry.fit.estimates import QUESTION, has_note, k, ok, ranks, reasons, row, stated

# Latency is that of a closed loop, batch / throughput, in p50; memory 1 GB.
A = [ok("A", k(1), 100.0), ok("A", k(32), 800.0)]  # 10 ms, 40 ms
B = [ok("B", k(1), 50.0), ok("B", k(32), 400.0)]  # 20 ms, 80 ms


def test_a_limit_changes_the_choice_and_no_component() -> None:
    """Under 15 ms A answers at batch 1 with the scores that this candidate had, and B is rejected."""
    free, limited = answer(QUESTION, A + B), answer(replace(QUESTION, max_latency_s=0.015), A + B)
    at_1 = answer(replace(QUESTION, latency_sensitive=True), A + B)
    assert free.rows[0].configuration.batch == 32
    assert (limited.rows[0].configuration.batch, limited.rows[0].latency_score) == (1, 1.0)
    assert limited.rows[0].throughput_score == 100.0 / 800.0 == row(at_1, "A").throughput_score
    assert limited.weights == free.weights
    assert reasons(limited) == {"B": "p50 20.0 ms at batch 1 · fp32 · eager, 1.3x the 15 ms asked"}
    assert limited.rejected[0].shortfall == pytest.approx(0.02 / 0.015)


def test_what_is_just_within_a_limit_meets_it() -> None:
    """A limit is the largest that is allowed, or the least."""
    bounds = {"max_latency_s": 0.01, "max_memory_bytes": 1e9, "min_throughput": 100.0}
    assert ranks(answer(replace(QUESTION, **bounds), [*A[:1]])) == [(1, "A")]
    for name, value in bounds.items():
        beyond = math.nextafter(value, math.inf if name == "min_throughput" else 0.0)
        found = answer(replace(QUESTION, **{name: beyond}), A[:1])
        assert found.rows == ()
        assert found.closest_miss is not None
        assert " 1x the " not in found.closest_miss


def test_the_closest_miss_leads_where_nothing_is_left() -> None:
    """It names the hardware, its candidate and every limit that this one misses, the worst first."""
    question = replace(QUESTION, max_latency_s=0.008, min_throughput=500.0, max_memory_bytes=9e8)
    found = answer(question, A + B)
    assert found.rows == ()
    assert found.closest_miss == (
        "Nothing meets --max-latency-ms 8 and --max-memory-mb 900 and --min-throughput 500: closest is A:"
        " 100 samples/s at batch 1 · fp32 · eager, 0.2x the 500 samples/s asked, and p50 10.0 ms, 1.2x the"
        " 8 ms asked, and 1.00 GB of memory, 1.1x the 900 MB asked"
    )
    assert [r.shortfall for r in found.rejected] == [pytest.approx(5.0), pytest.approx(10.0)]
    assert found.certainty is None


def test_what_is_not_measured_meets_no_limit() -> None:
    """A latency that is missing is not batch / throughput, a memory not 0: a command would measure them."""
    unknown = [replace(e, latency_p50_s=None, latency_mean_s=None, memory_bytes=None) for e in B]
    slow = answer(replace(QUESTION, max_latency_s=10.0), A + unknown)
    assert ranks(slow) == [(1, "A")]
    assert reasons(slow) == {"B": "latency not measured, which --max-latency-ms requires"}
    assert slow.rejected[0].remedy is not None
    assert slow.rejected[0].remedy.startswith("fitment sweep")
    large = answer(replace(QUESTION, max_memory_bytes=1e15), [stated("B", k(1), 1.0)])
    assert large.closest_miss == (
        "Nothing is known to meet --max-memory-mb 1,000,000,000: not measured on any hardware"
    )
    assert reasons(large) == {"B": "peak memory not measured, which --max-memory-mb requires"}


def test_a_dropped_latency_still_meets_or_misses() -> None:
    """Where one candidate lacks it, latency counts for none; its limit is held against each one's own."""
    unknown = ok("C", k(1), 70.0, latency_p50_s=None, latency_mean_s=None)
    found = answer(replace(QUESTION, max_latency_s=0.015), [*A[:1], *B[:1], unknown])
    assert found.weights.latency == 0.0
    assert ranks(found) == [(1, "A")]


def test_without_a_common_configuration_a_smaller_batch_may_meet_the_limit() -> None:
    """Each hardware's best throughput is that of what meets the limits, against the same fastest."""
    published = [ok("A", k(64), 800.0), ok("A", k(2), 100.0), ok("B", k(32), 400.0), ok("B", k(1), 50.0)]
    free, limited = answer(QUESTION, published), answer(replace(QUESTION, max_latency_s=0.03), published)
    assert [(r.hardware, r.configuration.batch) for r in free.rows] == [("A", 64), ("B", 32)]
    assert [(r.hardware, r.configuration.batch) for r in limited.rows] == [("A", 2), ("B", 1)]
    assert [r.throughput_score for r in limited.rows] == [100.0 / 800.0, 50.0 / 800.0]
    assert has_note(limited, "best throughput that meets the limits")
    assert all(r.beyond is None for r in limited.rows)


def test_a_chance_counts_the_draws_within_the_limits() -> None:
    """A at the edge of the limit may lie beyond it: then B, well within, is the answer."""
    edge, safe = [ok("A", k(1), 100.0, host="one")], [ok("B", k(1), 80.0, host="one", latency_p50_s=0.0095)]
    free = answer(replace(QUESTION, max_latency_s=0.1), edge + safe)
    near = answer(replace(QUESTION, max_latency_s=0.0101), edge + safe)
    p_free, p_near = row(free, "A").p_best or 0.0, row(near, "A").p_best or 0.0
    assert (near.rows[0].hardware, near.rows[0].compatibility) == ("A", free.rows[0].compatibility)
    assert 0.5 < p_near < 0.8 < 0.95 < p_free
    assert sum(r.p_best or 0.0 for r in near.rows) == pytest.approx(1.0)
    assert (near.rows[0].lead_low, free.rows[0].lead_low is None) == (
        None,
        False,
    )  # A has no score in some draws


@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf])
@pytest.mark.parametrize("name", ["max_latency_s", "max_memory_bytes", "min_throughput", "target_rate"])
def test_a_limit_is_finite_and_above_0(name: str, value: float) -> None:
    """Anything else is a mistake, in one line that names the option."""
    with pytest.raises(QuestionError, match=r"--m|--target-rate") as error:
        answer(replace(Question("net"), **{name: value}), A)
    assert "\n" not in str(error.value)


@settings(max_examples=100)
@given(st.floats(1e-3, 1e3).filter(lambda x: x != 1.0))
def test_a_factor_never_reads_as_1(ratio: float) -> None:
    """What misses a limit by little is not printed as meeting it."""
    read = float(factor(ratio)[:-1].replace(",", ""))
    assert read != 1.0
    assert (read > 1.0) == (ratio > 1.0)


@pytest.mark.parametrize(
    ("ratio", "text"),
    [(1.64, "1.6x"), (0.0038, "0.0038x"), (99.96, "100x"), (274.5, "274x"), (8e4, "80,000x")],
)
def test_a_factor_has_no_exponent(ratio: float, text: str) -> None:
    """However far it is."""
    assert factor(ratio) == text


def test_a_miss_names_its_whole_configuration() -> None:
    """What differs from the defaults tells two candidates of one batch apart."""
    found = answer(
        replace(QUESTION, max_latency_s=0.005), [ok("A", k(1, memory_format="channels_last"), 100.0)]
    )
    assert "at batch 1 · fp32 · eager · channels_last, 2x the 5 ms asked" in reasons(found)["A"]
