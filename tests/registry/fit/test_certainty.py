"""How sure an answer is (scoring.md §6 and §7)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fitment.registry.answers import NOISE, Answer, Estimate, Evidence, Noise, Process
from fitment.registry.fit.recommend import answer, recommend
from fitment.registry.fit.suitability import calculate_scores
from fitment.registry.storage.store import Store
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registry.fit.estimates import QUESTION, has_note, k, ok, row, spread_of
from tests.registry.fit.stores import HERE, THERE, journalling, measure

ALL = replace(QUESTION, top_k=99)


def repeated(
    hardware: str, throughputs: list[float], batch: int = 1, memory: int = 10**9, **fields: Any
) -> Estimate:
    """A candidate with several processes, whose throughput is their median; on a host of its own."""
    processes = tuple(Process(t, None, batch / t, batch / t, memory) for t in throughputs)
    known = {"n": len(processes), "n_tried": len(processes), "processes": processes, "memory_bytes": memory}
    known |= {"host": f"host of {hardware}", "software": "torch 2.13.0"}
    known |= fields
    known.setdefault("spread", spread_of(known["processes"]))
    return ok(hardware, k(batch), float(np.median(throughputs)), **known)


def chance(found: Answer, hardware: str) -> float:
    p_best = row(found, hardware).p_best
    assert p_best is not None
    return p_best


@pytest.mark.parametrize(
    ("factor", "word"), [(1.0, "toss-up"), (1.03, "toss-up"), (1.08, "likely"), (1.5, "clear")]
)
def test_the_word_follows_the_distance(factor: float, word: str) -> None:
    """Five processes each at 1 % noise: equal is a toss-up, half as fast again is clear."""
    near = [99.0, 99.5, 100.0, 100.5, 101.0]
    found = answer(ALL, [repeated("A", [factor * t for t in near]), repeated("B", near)])
    assert found.certainty == word
    assert (found.tie_group == ()) == (word != "toss-up")


def test_a_lone_hardware_has_no_word() -> None:
    """Without a rival there is nothing to be sure of."""
    found = answer(ALL, [repeated("A", [100.0, 101.0])])
    assert (found.certainty, found.tie_group, found.rows[0].p_best) == (None, (), None)


def test_chances_sum_to_one() -> None:
    """P(best) over all hardware is 1, expected ranks average to the middle, and intervals hold them."""
    speeds = {"A": 100.0, "B": 99.0, "C": 97.0, "D": 60.0}
    found = answer(ALL, [repeated(name, [t, 1.01 * t]) for name, t in speeds.items()])
    assert sum(chance(found, name) for name in "ABCD") == pytest.approx(1.0)
    assert sum(r.expected_rank or 0.0 for r in found.rows) == pytest.approx(10.0)
    assert all((r.rank_low or 0) <= r.rank <= (r.rank_high or 0) for r in found.rows)
    assert [r.rank_low for r in found.rows[:2]] == [1, 1]
    assert (found.rows[3].rank_low, found.rows[3].rank_high) == (4, 4)


def test_one_process_on_different_hosts_is_never_clear() -> None:
    """However large the difference: what lies between the machines is not known. A note says so."""
    once = answer(ALL, [repeated("A", [1000.0]), repeated("B", [10.0, 10.1, 10.2])])
    assert chance(once, "A") > 0.95
    assert once.certainty == "likely"
    assert has_note(once, "likely, not clear")
    twice = answer(ALL, [repeated("A", [1000.0, 1001.0]), repeated("B", [10.0, 10.1, 10.2])])
    assert twice.certainty == "clear"
    assert not has_note(twice, "likely, not clear")
    unknown = answer(ALL, [repeated("A", [1000.0], host=None), repeated("B", [10.0], host=None)])
    assert unknown.certainty == "likely"
    here = answer(ALL, [repeated("A", [1000.0], host="one"), repeated("B", [10.0], host="one")])
    assert here.certainty == "clear"


def test_one_machine_cancels() -> None:
    """Two devices of one host and software differ by what was measured; on two hosts s_env blurs it."""

    def both(**fields: Any) -> float:
        pair = [repeated("A", [103.0] * 5, **fields), repeated("B", [100.0] * 5, **fields)]
        return chance(answer(ALL, pair), "A")

    assert both(host="one") > 0.98 > both()
    assert both(host="one") > both(host="one", software="") - 1e-12


def test_more_processes_tell_more() -> None:
    """The same medians and spread are surer from ten processes than from two."""

    def pair(times: int) -> list[Estimate]:
        return [repeated(n, [t, 1.01 * t] * times, host="one") for n, t in (("A", 102.0), ("B", 100.0))]

    assert chance(answer(ALL, pair(5)), "A") > chance(answer(ALL, pair(1)), "A")


def test_noise_of_the_store_counts() -> None:
    """What the store knows of noise replaces what is taken for granted."""
    pair = [repeated("A", [104.0, 105.0]), repeated("B", [100.0, 101.0])]
    noisy, quiet = (answer(ALL, pair, noise=(Noise(sd, 20.0, 50, sd, 50),) * 4) for sd in (0.1, 0.002))
    assert chance(noisy, "A") < chance(answer(ALL, pair), "A") < chance(quiet, "A")
    assert (noisy.noise[0].cells, answer(ALL, pair).noise) == (50, NOISE)


def test_the_configuration_is_chosen_anew_in_each_draw() -> None:
    """Two configurations that may be best give their hardware more chances than either alone."""

    def a(batches: tuple[int, ...]) -> list[Estimate]:
        return [repeated("A", [100.0, 100.0], b, latency_p50_s=1.0) for b in batches]

    def b(batches: tuple[int, ...]) -> list[Estimate]:
        return [repeated("B", [100.0, 100.0], b, latency_p50_s=1.0) for b in batches[:1]] + [
            repeated("B", [60.0, 60.0], b, latency_p50_s=1.0) for b in batches[1:]
        ]

    few, many = (1, 2), (1, 2, 3, 4, 5, 6)
    one, several = (answer(ALL, [*a(batches), *b(batches)]) for batches in (few, many))
    assert 0.5 < chance(one, "A") < chance(several, "A")


def test_twenty_processes_are_resampled() -> None:
    """From 20 processes on little is assumed of their distribution: either of two groups may win."""
    split = [100.0] * 11 + [150.0] * 9
    found = answer(ALL, [repeated("A", split, host="one"), repeated("B", [120.0] * 20, host="one")])
    share = float(np.mean(np.random.default_rng(0).binomial(20, 9 / 20, 10**5) >= 10))
    assert chance(found, "A") == pytest.approx(share, abs=0.1)


def test_latency_that_moves_on_its_own() -> None:
    """From 6 processes on, latency follows throughput only as far as it did in them."""
    rng = np.random.default_rng(3)
    speeds = 100.0 * np.exp(0.05 * rng.normal(size=8))

    def made(name: str, latencies: np.ndarray) -> Estimate:
        processes = tuple(
            Process(t, None, lat, lat, 10**9)
            for t, lat in zip(speeds.tolist(), latencies.tolist(), strict=True)
        )
        fields = {"processes": processes, "latency_p50_s": float(np.median(latencies))}
        return repeated(name, speeds.tolist(), **fields)

    closed = answer(ALL, [made("A", 1.0 / speeds), made("B", 1.02 / speeds)])
    apart = answer(ALL, [made("A", 0.01 * speeds / 100), made("B", 0.0102 * speeds / 100)])
    assert chance(closed, "A") != chance(apart, "A")
    assert all(0.5 < chance(found, "A") < 1.0 for found in (closed, apart))


def test_suitability_may_rank() -> None:
    """With --rank-by suitability c(n) counts in each draw."""
    pair = [repeated("A", [110.0]), repeated("B", [100.0] * 5)]
    assert chance(answer(ALL, pair), "A") > 0.5
    assert chance(answer(replace(ALL, rank_by="suitability"), pair), "A") < 0.05


def test_missing_memory_is_no_obstacle() -> None:
    """Where a criterion is dropped, or some process lacks it, the others tell."""
    lacking = [
        replace(e, memory_bytes=None, memory_scope=None)
        for e in (repeated("A", [100.0]), repeated("B", [90.0]))
    ]
    assert 0.5 < chance(answer(ALL, lacking), "A") < 1.0
    few = repeated("A", [100.0] * 25)
    processes = (*few.processes[:-1], replace(few.processes[-1], memory_bytes=None))
    partly = replace(few, processes=processes, spread=spread_of(processes))
    assert 0.5 < chance(answer(ALL, [partly, repeated("B", [90.0] * 25)]), "A") <= 1.0


def test_headroom_counts_as_it_ranks() -> None:
    """Across scopes memory is compared as the free share of each device in every draw."""
    pair = [
        repeated("A", [100.0, 100.0], memory=9 * 10**9),
        repeated("B", [100.0, 100.0], memory=10**9, memory_scope="allocator"),
    ]
    assert chance(answer(ALL, pair), "B") > 0.9


@settings(max_examples=25)
@given(
    st.lists(st.floats(10.0, 1000.0), min_size=2, max_size=5),
    st.integers(1, 4),
    st.randoms(use_true_random=False),
)
def test_no_id_and_no_position_counts(speeds: list[float], n: int, rng: Any) -> None:
    """Other ids, another order and unrelated hardware's results leave every draw as it was."""
    estimates = [repeated(f"H{i}", [t] * n) for i, t in enumerate(speeds)]
    before = answer(ALL, estimates)
    moved = [
        replace(e, evidence=Evidence("measured elsewhere", "x", (i + 77,))) for i, e in enumerate(estimates)
    ]
    rng.shuffle(moved)
    after = answer(ALL, moved)
    assert [(r.hardware, r.p_best, r.expected_rank, r.rank_low, r.rank_high) for r in before.rows] == [
        (r.hardware, r.p_best, r.expected_rank, r.rank_low, r.rank_high) for r in after.rows
    ]
    assert (before.certainty, before.tie_group) == (after.certainty, after.tie_group)


def test_two_stores_print_the_same(tmp_path: Path) -> None:
    """The same results in another order, with other ids, scored or not, have one certainty to the bit."""
    runs = [(HERE, 100.0 + i, i) for i in range(4)] + [(THERE, 101.0 + i, i) for i in range(4)]
    found = []
    for name, order, extra in (("one", runs, 0), ("two", runs[::-1], 3)):
        (tmp_path / name).mkdir()
        store = Store.open(tmp_path / name / "fitment.duckdb", create=True)
        with journalling(store):
            for i in range(extra):
                measure(store, "unrelated", THERE, 1, 5.0 + i)
            for environment, throughput, invocation in order:
                measure(store, "net", environment, 1, throughput, invocation=invocation)
        plain = recommend(store, QUESTION)
        calculate_scores(store)
        assert recommend(store, QUESTION) == plain
        found.append(plain)
    one, two = (
        [(r.hardware, r.p_best, r.expected_rank, r.rank_low, r.rank_high) for r in a.rows] for a in found
    )
    assert one == two
    assert found[0].certainty == found[1].certainty
    assert one[0][1] not in (None, 0.0, 1.0)
