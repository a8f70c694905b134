"""The rows of an answer hold what made them."""

from __future__ import annotations

from dataclasses import replace

from fitment.registry.fit.recommend import answer

from tests.registry.fit.estimates import QUESTION, failed, k, ok, row, stated


def test_row_repeats_its_estimate() -> None:
    """A row shows its candidate's own figures, evidence and scope."""
    e = ok("A", k(8), 10.0, latency_p95_s=0.9, n=3, n_tried=3, flags="noisy,not_steady")
    found = answer(QUESTION, [e]).rows[0]
    assert (found.throughput, found.latency_s, found.latency_statistic) == (10.0, 0.9, "p95")
    assert (found.memory_bytes, found.memory_scope, found.n, found.confidence) == (10**9, "rss", 3, 0.8)
    assert found.evidence == e.evidence
    assert found.flags == ("noisy", "not_steady", "single")


def test_coverage() -> None:
    """Coverage is the share of K* that runs, failures that are implied included."""
    estimates = [ok("A", k(b), 1.0) for b in (1, 2, 4, 8)] + [
        ok("B", k(1), 1.0),
        failed("B", k(2), "oom_host"),
    ]
    found = answer(QUESTION, estimates)
    assert (row(found, "A").coverage, row(found, "B").coverage) == (1.0, 0.25)


def test_nothing_is_compared_across_batches() -> None:
    """Without a common configuration rows carry the flag, throughput scores alone, and no coverage."""
    found = answer(QUESTION, [ok("A", k(8), 10.0), ok("B", k(1), 5.0)])
    b = row(found, "B")
    assert "no_common_configuration" in b.flags
    assert (b.throughput_score, b.latency_score, b.memory_score, b.compatibility) == (0.5, None, None, 0.5)
    assert b.coverage is None
    assert b.latency_s == 0.2  # its own, shown beside what is compared
    assert found.weights.throughput == 1.0


def test_software_mismatch() -> None:
    """Only the row measured with another torch minor version carries the flag."""
    estimates = [ok(h, k(1), 1.0) for h in "AB"] + [ok("C", k(1), 1.0, torch="2.4.0")]
    found = answer(QUESTION, estimates)
    assert ["software_mismatch" in r.flags for r in found.rows] == [False, False, True]


def test_published_beside_measured() -> None:
    """A published CPU and this one stand in one table at the configuration that both have."""
    here = ok("here", k(1, "fp32", "inductor"), 20.0, torch="2.13.0")
    there = stated("i7", k(1, "fp32", "inductor"), 30.0, torch="2.4.0")
    gpu = stated("GPU", k(1024, "amp_fp16"), 9000.0, torch="2.4.0")
    found = answer(replace(QUESTION, precision="fp32"), [here, there, gpu])
    assert [(r.rank, r.hardware) for r in found.rows] == [(1, "i7"), (2, "here")]
    assert row(found, "here").compatibility < row(found, "i7").compatibility == 1.0
    assert row(found, "i7").flags == ("assumed", "software_mismatch")
    assert [r.reason for r in found.rejected] == ["not measured at precision fp32"]
    assert found.decided == (k(1, "fp32", "inductor"),)


def test_intervals_travel_with_their_numbers() -> None:
    """A row has its estimate's interval; that of latency only where it is of the statistic that is shown."""
    known = {"throughput_low": 9.0, "throughput_high": 11.0, "latency_low": 0.09, "latency_high": 0.11}
    a = ok("A", k(1), 10.0, interval_basis="processes", **known)
    p95 = replace(a, hardware="B", latency_p95_s=0.2, latency_s=0.2, latency_statistic="p95")
    rows = answer(QUESTION, [a, p95]).rows
    assert [(r.throughput_low, r.throughput_high, r.interval_basis) for r in rows] == [
        (9.0, 11.0, "processes")
    ] * 2
    assert [r.latency_statistic for r in rows] == ["p50", "p50"]
    assert {r.hardware: (r.latency_low, r.latency_high) for r in rows} == {
        "A": (0.09, 0.11),
        "B": (None, None),
    }
