"""What stands beside the numbers, one line each."""

from __future__ import annotations

from dataclasses import replace

from fitment.registry.fit.recommend import answer

from tests.registry.fit.estimates import QUESTION, failed, has_note, k, ok, stated

SENSITIVE = replace(QUESTION, latency_sensitive=True)


def test_single() -> None:
    """One hardware's scores are said to choose only its configuration."""
    assert has_note(answer(QUESTION, [ok("A", k(1), 1.0)]), "rank basis: single: only A")
    assert not has_note(answer(QUESTION, [ok("A", k(1), 1.0), ok("B", k(1), 1.0)]), "single")


def test_no_common_configuration() -> None:
    """Without a common configuration: what is compared, what else is shared, who is in the way."""
    estimates = [
        *(ok(h, k(b), t) for h, b, t in (("A", 8, 10.0), ("B", 8, 9.0), ("C", 4, 8.0))),
        *(ok(h, k(b, "bf16"), t) for h, b, t in (("A", 16, 20.0), ("B", 1, 19.0), ("C", 2, 18.0))),
    ]
    found = answer(replace(SENSITIVE, memory_constrained=True), estimates)
    assert has_note(found, "within bf16, eager, contiguous, whatever the batch")
    assert has_note(found, "--latency-sensitive and --memory-constrained can't act")
    assert has_note(
        found, "within fp32, eager, contiguous: A 10 samples/s at batch 8; B 9 samples/s at batch 8; C 8"
    )
    assert has_note(found, "without C, 1 configuration would be common to the others")


def test_latency_statistic() -> None:
    """Where not all have p95, the statistic that is compared is named, and who lacks the better one."""
    a = ok("A", k(1), 1.0, latency_p95_s=1.0)
    assert has_note(
        answer(QUESTION, [a, ok("B", k(1), 1.0)]), "latency is compared as p50: p95 is not known on B"
    )
    assert has_note(answer(QUESTION, [stated("A", k(1), 1.0)]), "compared as mean: p50 is not known for any")
    assert not has_note(answer(QUESTION, [a]), "latency")


def test_dropped_criteria() -> None:
    """A criterion that one lacks is said to be dropped for all."""
    lacking = stated("B", k(1), 1.0, latency_mean_s=None)
    found = answer(SENSITIVE, [ok("A", k(1), 1.0), lacking])
    assert has_note(found, "latency: not measured on B, so it is dropped for all")
    assert has_note(found, "--latency-sensitive can't act")
    assert has_note(found, "memory: not measured on B, so it is dropped for all")


def test_memory_unknown() -> None:
    """--memory-constrained without any memory figure is said to be without effect."""
    found = answer(replace(QUESTION, memory_constrained=True), [stated("A", k(1), 1.0)])
    assert has_note(found, "memory_unknown")
    assert found.rows[0].flags == ("assumed", "memory_unknown", "single")


def test_headroom() -> None:
    """Memory of several scopes is said to be compared as what is left free."""
    found = answer(QUESTION, [ok("A", k(1), 1.0), ok("B", k(1), 1.0, memory_scope="allocator")])
    assert has_note(found, "different scopes (allocator, rss)")


def test_latency_flag_that_can_not_act() -> None:
    """At one batch a closed loop has one figure: the flag is said to be idle, but only where that is so."""
    text = "so --latency-sensitive can't act"
    one = [ok("A", k(8), 10.0), ok("B", k(8), 5.0)]
    assert has_note(answer(SENSITIVE, one), text)
    assert not has_note(answer(QUESTION, one), text)
    assert not has_note(answer(SENSITIVE, [*one, ok("A", k(1), 2.0), ok("B", k(1), 2.0)]), text)
    assert not has_note(answer(SENSITIVE, [ok("A", k(8), 10.0, latency_p50_s=9.0), one[1]]), text)


def test_latency_flag_acts_across_batches() -> None:
    """Where batches differ, the flag chooses the small one, by measured figures."""
    estimates = [ok("A", k(1), 40.0), ok("A", k(32), 100.0, memory_bytes=11 * 10**8)]
    assert answer(QUESTION, estimates).rows[0].configuration.batch == 32
    assert answer(SENSITIVE, estimates).rows[0].configuration.batch == 1


def test_suitability() -> None:
    """How many ranks the other score would change is said, in either order."""
    estimates = [ok("A", k(1), 10.0), ok("B", k(1), 9.5, n=5, n_tried=5)]
    assert has_note(answer(QUESTION, estimates), "would change 2 ranks: --rank-by suitability")
    by_suitability = answer(replace(QUESTION, rank_by="suitability"), estimates)
    assert [r.hardware for r in by_suitability.rows] == ["B", "A"]
    assert has_note(by_suitability, "ranked by suitability; compatibility would change 2 ranks")
    assert not has_note(answer(QUESTION, estimates[:1]), "suitability")


def test_stack_passed_over() -> None:
    """An older stack that holds more is named with both counts."""
    old = [ok("A", k(b), 1.0, stack="old", torch="2.4.0") for b in (1, 2)]
    found = answer(QUESTION, [*old, ok("A", k(1), 1.0)])
    assert has_note(found, "A: torch 2.4.0 holds 2, torch 2.13.0 (used) 1")


def test_failures_beside_ok_runs() -> None:
    """Crashes beside ok runs are told, without effect on the rank."""
    found = answer(QUESTION, [ok("A", k(1), 10.0, n=2, n_tried=3), ok("B", k(1), 9.0)])
    assert has_note(found, "2 of 3 runs ok on A")
    assert found.rows[0].hardware == "A"


def test_passes_that_disagree() -> None:
    """A latency far below batch / throughput is not of the machine that the throughput is of; overlap is."""
    fine, slow = ok("A", k(8), 100.0), ok("B", k(8), 90.0, latency_p50_s=0.03)
    found = answer(QUESTION, [fine, slow])
    assert has_note(
        found, "throughput × latency / batch is far below 1 on B (0.34): steps that were waited for"
    )
    overlapping = replace(slow, latency_p50_s=0.3)
    assert not has_note(answer(QUESTION, [fine, overlapping]), "throughput × latency")
    tokens = [replace(e, group=replace(e.group, throughput_unit="tokens/s")) for e in (fine, slow)]
    assert not has_note(answer(QUESTION, tokens), "throughput × latency")


def test_assumed_fields() -> None:
    """Fields that a source does not state are named once."""
    found = answer(QUESTION, [stated("A", k(1), 1.0), stated("B", k(1), 1.0, assumed="cache_state,threads")])
    assert has_note(found, "assumed, as the sources do not state it: cache_state, threads")


def test_tie_cut_at_k() -> None:
    """A tie that --top-k cuts is said; a cut between ranks is not."""
    estimates = [ok("A", k(1), 2.0), ok("B", k(1), 2.0), ok("C", k(1), 1.0)]
    cut = answer(replace(QUESTION, top_k=1), estimates)
    assert [r.hardware for r in cut.rows] == ["A"]
    assert has_note(cut, "--top-k 1 cuts a tie: rank 1 is shared by B")
    assert not has_note(answer(replace(QUESTION, top_k=2), estimates), "cuts a tie")


def test_rows_left_out() -> None:
    """Hardware that --top-k leaves out is counted, with the option that shows it."""
    estimates = [ok("A", k(1), 3.0), ok("B", k(1), 2.0), ok("C", k(1), 1.0)]
    cut = answer(replace(QUESTION, top_k=1), estimates)
    assert has_note(cut, "2 more hardware follow: --top-k 3 shows all")
    assert not has_note(answer(replace(QUESTION, top_k=3), estimates), "shows all")


def test_nothing_measured_there() -> None:
    """Where no hardware has what is asked, the measured values are named, numbers in their order."""
    found = answer(replace(QUESTION, batch=7), [ok("A", k(b), 1.0) for b in (1, 32, 8)])
    assert found.rows == ()
    assert has_note(found, "nothing is measured at what is asked; measured: batch 1, 8, 32")


def test_notes_are_single_lines() -> None:
    """Every note is one line."""
    found = answer(SENSITIVE, [ok("A", k(8), 1.0), stated("B", k(1), 1.0), failed("C", k(1), "crashed")])
    assert found.notes
    assert all("\n" not in note for note in found.notes)
