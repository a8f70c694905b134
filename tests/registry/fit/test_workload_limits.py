"""Limits on a mix of models: each part is held to them, before its configurations are chosen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fitment.registry.answers import Price, Profile, Weights
from fitment.registry.errors import QuestionError
from fitment.registry.fit.workload_limits import closest_miss
from fitment.registry.workloads import Work

from tests.registry.fit.estimates import k, ok, stated
from tests.registry.fit.mixes import ASKED, mix_of, of, parts, row

ONE = of("one", ok("A", k(1), 100.0), ok("A", k(8), 400.0), ok("B", k(1), 90.0), ok("B", k(8), 100.0))
TWO = of("two", ok("A", k(1), 10.0), ok("B", k(1), 30.0))
WORKS = {Work("one", 1.0): ONE, Work("two", 1.0): TWO}


def batch(found: object) -> int:
    return found.configuration.batch  # type: ignore[attr-defined, no-any-return]


def test_a_limit_acts_before_the_configuration_is_chosen() -> None:
    """Batch 8 of A is best where nothing limits; 15 ms leave batch 1, whose components stay as they were."""
    free, limited = mix_of(WORKS), mix_of(WORKS, replace(ASKED, max_latency_s=0.12))
    assert batch(row(free, "A").parts[0]) == 8
    tight = mix_of({Work("one", 1.0, max_latency_s=0.015): ONE, Work("two", 1.0): TWO})
    assert [batch(part) for part in row(tight, "A").parts] == [1, 1]
    assert row(tight, "A").parts[0].throughput_score == pytest.approx(0.25)
    assert tight.weights == free.weights == limited.weights


def test_what_misses_a_limit_runs_a_part_less() -> None:
    """B alone answers the second part in 50 ms, and goes first; A says by how much it misses."""
    found = mix_of(WORKS, replace(ASKED, max_latency_s=0.05))
    assert [(r.hardware, r.runnable) for r in found.rows] == [("B", 2), ("A", 1)]
    assert row(found, "A").parts[1].reason == ("p50 100 ms at batch 1 · fp32 · eager, 2x the 50 ms asked")
    assert found.closest_miss is None
    assert any("does not run within the limits on all: two forward, not by A" in n for n in found.notes)


def test_a_part_may_have_limits_of_its_own() -> None:
    """They stand in for those of the question, in this part alone."""
    loose = {Work("one", 1.0): ONE, Work("two", 1.0, max_latency_s=1.0): TWO}
    assert row(mix_of(loose, replace(ASKED, max_latency_s=0.05)), "A").runnable == 2


def test_where_none_meets_all_the_closest_is_named() -> None:
    """The hardware whose worst miss is the smallest, with each part that it misses."""
    found = mix_of(WORKS, replace(ASKED, max_latency_s=0.02))
    assert found.closest_miss == (
        "Nothing meets --max-latency-ms 20 in every part: closest is B: part 2, two: p50 33.3 ms at"
        " batch 1 · fp32 · eager, 1.7x the 20 ms asked"
    )
    assert found.notes[0] == found.closest_miss
    assert [r.runnable for r in found.rows] == [1, 1]


def test_nothing_left_is_an_answer() -> None:
    """No row, the closest miss of all, and every hardware with its reasons and distance."""
    found = mix_of(WORKS, replace(ASKED, max_latency_s=0.001))
    assert found.rows == ()
    assert found.closest_miss is not None
    assert found.closest_miss.startswith(
        "Nothing meets --max-latency-ms 1 in every part: closest is B: part 1, one: p50 11.1 ms"
    )
    assert [entry.hardware for entry in found.rejected] == ["A", "B"]
    assert found.rejected[1].shortfall == pytest.approx(1000 / 30)
    assert (found.certainty, found.notes) == (None, ())


def test_what_is_not_measured_meets_no_limit() -> None:
    """Without latencies nothing is known to meet one; nothing is said where something else is amiss."""
    works = {Work("one", 1.0): of("one", stated("A", k(1), 5.0, latency_mean_s=None))}
    found = mix_of(works, replace(ASKED, max_latency_s=1.0))
    assert found.closest_miss == "Nothing is known to meet --max-latency-ms 1,000 in every part"
    lacking = {**WORKS, Work("three", 1.0): of("three", ok("C", k(1), 1.0))}
    assert closest_miss(parts(lacking), ["A", "B", "C"], ASKED) is None
    assert mix_of(lacking, replace(ASKED, max_latency_s=9.0)).closest_miss is None


def test_one_rate_for_units_that_differ_is_refused() -> None:
    """A least throughput is of one unit; each part can have its own. Limits of time are of no unit."""
    works = {Work("one", 1.0): ONE, Work("two", 1.0): of("two", ok("A", k(1), 9.0), unit="tokens/s")}
    expected = r"--min-throughput: .* samples/s \(work\[1\]\) and tokens/s \(work\[2\]\).*min_throughput = "
    with pytest.raises(QuestionError, match=expected):
        mix_of(works, replace(ASKED, min_throughput=5.0))
    with pytest.raises(QuestionError, match=r"^--target-rate: .* samples/s .* tokens/s .*no one rate"):
        mix_of(works, replace(ASKED, target_rate=5.0))
    with pytest.raises(QuestionError, match="counts images, the results of this mix count samples"):
        mix_of({Work("one", 1.0): ONE}, replace(ASKED, target_rate=5.0, target_unit="images"))
    own = {replace(work, min_throughput=5.0): es for work, es in works.items()}
    assert mix_of(own).rows[0].hardware == "A"
    assert mix_of(works, replace(ASKED, max_latency_s=9.0)).rows[0].runnable == 2


@pytest.mark.parametrize("option", ["cost", "energy"])
def test_spending_of_units_that_differ_is_refused(option: str) -> None:
    """What a sample and a token take does not add up; prices alone are shown part by part."""
    works = {Work("one", 1.0): ONE, Work("two", 1.0): of("two", ok("A", k(1), 9.0), unit="tokens/s")}
    priced = replace(ASKED, prices=(Price("A", 1.0, "p.csv:2"), Price("B", 1.0, "p.csv:3")))
    with pytest.raises(QuestionError, match=f"^--{option}: parts of this mix count samples/s"):
        mix_of(works, replace(priced, **{option: True}))
    own = Profile("mine", Weights(0.5, 0.1, 0.1, *((0.3, 0.0) if option == "cost" else (0.0, 0.3))))
    with pytest.raises(QuestionError, match=f"^--profile mine, which counts {option}: parts of this mix"):
        mix_of(works, replace(priced, profile=own))
    found = mix_of(works, priced)
    assert found.rows[0].throughput is None
    assert found.rows[0].cost_per_1k_usd is None
    assert found.rows[0].parts[1].cost_per_1k_usd == pytest.approx(1.0 / (3.6 * 9.0))
    assert any("parts count in different units" in note for note in found.notes)
