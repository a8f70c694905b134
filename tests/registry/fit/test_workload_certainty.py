"""How sure the ranking over a mix of models is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fitment.kernels.workload import mix_workload
from fitment.registry.answers import Answer, Estimate, Price, Profile, Weights
from fitment.registry.fit.draws import draws_of
from fitment.registry.fit.recommend import answered, recommend
from fitment.registry.fit.workload_certainty import workload_certainty
from fitment.registry.fit.workload_mix import mixed, recommend_mix
from fitment.registry.fit.workload_parts import parts_of
from fitment.registry.fit.workload_question import asked
from fitment.registry.workloads import Mix, Work, WorkloadAnswer

from tests.registry.fit.mixes import ASKED, mix_of, of
from tests.registry.fit.stores import HERE, THERE, fill, measure
from tests.registry.fit.test_certainty import repeated

SURE = ("p_best", "expected_rank", "rank_low", "rank_high", "lead_low", "lead_high")
PRICES = (Price("A", 1.0, "p.csv:2"), Price("B", 0.9, "p.csv:3"), Price("C", 0.2, "p.csv:4"))


def near(name: str, fast: float, *batches: int, **fields: Any) -> list[Estimate]:
    """Two processes each at several batches, faster with the batch, slower to answer."""
    return [
        repeated(name, [fast * b**0.5, 1.01 * fast * b**0.5], b, memory=10**9 + 10**8 * b, **fields)
        for b in batches
    ]


ONE = of("one", *near("A", 100.0, 1, 4), *near("B", 98.0, 1, 4), *near("C", 60.0, 1, 4))
TWO = of("two", *near("A", 50.0, 1, 4), *near("B", 51.0, 1, 4), *near("C", 49.0, 1, 4))


def assert_same(mix: WorkloadAnswer, alone: Answer) -> None:
    """A mix of one part says what its part says, to the bit."""
    assert (mix.certainty, mix.tie_group, mix.weights) == (alone.certainty, alone.tie_group, alone.weights)
    fields = ("rank", "hardware", *(f"{name}_score" for name in ("throughput", "latency", "memory")))
    fields += ("compatibility", "confidence", "suitability", "usd_per_device_hour")
    fields += ("throughput", "throughput_low", "throughput_high", "devices", "devices_low", "devices_high")
    for own, single in zip(mix.rows, alone.rows, strict=True):
        for field in (*fields, *SURE, "cost_score", "energy_score"):
            assert getattr(own, field) == getattr(single, field), field


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"latency_sensitive": True},
        {"max_latency_s": 0.025},
        {"max_latency_s": 0.0102, "max_memory_bytes": 1.2e9},
        {"prices": PRICES, "cost": True},
        {"prices": PRICES, "cost": True, "energy": True, "min_throughput": 70.0},
        {"rank_by": "suitability", "max_latency_s": 0.025},
        {"missing": "pessimistic", "prices": PRICES[:2], "cost": True, "rank_by": "suitability"},
        {"missing": "require", "memory_constrained": True},
        {"profile": Profile("mine", Weights(0.2, 0.5, 0.1, 0.2)), "prices": PRICES},
        {"explain": True, "target_rate": 1e5, "target_unit": "samples"},
    ],
)
def test_a_mix_of_one_part_is_that_part(question: dict[str, Any]) -> None:
    """Scores, P(best), rank intervals, leads, rates and the word are those of ``recommend``."""
    powered = [replace(e, energy_per_unit_j=1e3 / (e.throughput or 1.0)) for e in ONE]
    if question.get("missing"):
        powered = [replace(e, memory_bytes=None) if e.hardware == "B" else e for e in powered]
    q = replace(ASKED, **question)
    alone = answered(replace(q, model="one"), powered).answer
    assert len(alone.rows) > 1
    assert_same(mix_of({Work("one", 5.0): powered}, q), alone)


def test_chances_sum_to_one_and_reach_over_parts() -> None:
    """What is a toss-up in each part is one in the mix; a lead in one part that counts most decides."""
    even = mix_of({Work("one", 1.0): ONE, Work("two", 1.0): TWO})
    assert sum(row.p_best or 0.0 for row in even.rows) == pytest.approx(1.0)
    assert even.certainty == "toss-up"
    assert set(even.tie_group) == {"A", "B"}
    fast = of("one", *near("A", 200.0, 1, 4), *near("B", 98.0, 1, 4), *near("C", 60.0, 1, 4))
    decided = mix_of({Work("one", 9.0): fast, Work("two", 1.0): TWO})
    assert (decided.certainty, decided.tie_group) == ("clear", ())
    assert (decided.rows[0].hardware, decided.rows[0].rank_low, decided.rows[0].rank_high) == ("A", 1, 1)


def test_every_draw_follows_the_rules_of_the_mix() -> None:
    """Made again draw by draw: each location becomes the draw's, and the whole mix is answered anew."""
    works = {Work("one", 2.0, batch=1): ONE, Work("two", 1.0, batch=1): TWO}
    mix, found = Mix("m", tuple(works)), [answered(asked(w, ASKED), es) for w, es in works.items()]
    parts, rows = parts_of(mix, found), mixed(mix, ASKED, found).answer.rows
    sure = workload_certainty(parts, rows, (0.5, 0.3, 0.2), np.array([2.0, 1.0]))
    drawn = []
    for part in parts:
        assert part.basis is not None
        compared = [c.estimate for c in part.basis.candidates]
        by = parts[0].answer.group
        y = draws_of(compared, part.basis.criteria, part.basis.noise, every=False, machines_of=by)
        drawn.append(np.exp(y[:3]))
    wins = np.zeros(3)
    for d in range(drawn[0].shape[2]):
        t, latency, m = np.array([values[..., d] for values in drawn]).swapaxes(0, 1)
        components = np.array(
            [t / t.max(1)[:, None], latency.min(1)[:, None] / latency, m.min(1)[:, None] / m]
        )
        again = mix_workload(np.ones((2, 3), bool), components, np.ones((2, 3)), shares=(2.0, 1.0))
        wins += again.rank == 1
    assert sure.standing.best == pytest.approx(wins / wins.sum(), abs=1e-12)


def test_a_machine_is_the_same_in_all_parts() -> None:
    """Two parts with the same lead say no more of two machines than one does: what blurs one blurs both."""

    def chance(parts: int) -> float:
        works = {}
        for i in range(parts):
            pair = (repeated("A", [104.0] * 9), repeated("B", [100.0] * 9))
            works[Work(f"m{i}", 1.0, batch=1)] = of(f"m{i}", *pair)
        return mix_of(works).rows[0].p_best or 0.0

    assert chance(4) == pytest.approx(chance(1), abs=0.05)
    assert 0.7 < chance(1) < 0.95


def test_parts_in_another_order_say_the_same() -> None:
    """Machines are drawn for the first group by name, wherever it stands in the file."""
    works = {Work("one", 2.0): ONE, Work("two", 1.0): TWO}
    there, back = mix_of(works), mix_of(dict(reversed(works.items())))
    for one, other in zip(there.rows, back.rows, strict=True):
        assert (one.hardware, one.p_best) == (other.hardware, pytest.approx(other.p_best, abs=2e-3))


def test_one_process_on_another_host_is_never_clear() -> None:
    """However large the difference, as for a single model; not where the other runs fewer parts."""
    single = of("one", repeated("A", [900.0]), repeated("B", [100.0, 101.0]))
    pair = of("two", repeated("A", [90.0, 91.0]), repeated("B", [10.0, 11.0]))
    found = mix_of({Work("one", 1.0): single, Work("two", 1.0): pair})
    assert found.certainty == "likely"
    assert any(note.startswith("likely, not clear") for note in found.notes)
    alone = of("one", repeated("A", [900.0]))
    assert mix_of({Work("one", 1.0): alone, Work("two", 1.0): pair}).certainty == "clear"
    more = of("two", *pair, repeated("C", [1.0, 1.1]))  # takes the first part out of the means
    assert mix_of({Work("one", 1.0): single, Work("two", 1.0): more}).certainty == "clear"


def test_running_more_parts_is_sure_and_has_no_lead() -> None:
    """What lacks a part never goes before what runs it, however fast; nor is that a lead in score."""
    slow = of("two", *near("A", 1.0, 1))
    found = mix_of({Work("one", 1.0): ONE, Work("two", 1.0): slow})
    assert [(r.hardware, r.p_best) for r in found.rows[:2]] == [("A", 1.0), ("B", 0.0)]
    assert (found.certainty, found.rows[0].lead_low) == ("clear", None)


def test_at_the_edge_of_a_limit_the_chance_is_smaller() -> None:
    """In draws in which a hardware misses the limit of one part it runs fewer of them, and ranks below."""
    one, two = (of(m, *near("A", a, 1), *near("B", b, 1)) for m, a, b in (("one", 200, 98), ("two", 50, 58)))
    works = {Work("one", 1.0, batch=1): one, Work("two", 1.0, batch=1): two}
    free, edge = mix_of(works), mix_of(works, replace(ASKED, min_throughput=50.0))
    before, after = ({row.hardware: row.p_best or 0.0 for row in found.rows} for found in (free, edge))
    assert before["A"] > 0.99
    assert after["A"] == pytest.approx(0.56, abs=0.1)
    assert sum(after.values()) == pytest.approx(1.0)
    assert [row.runnable for row in edge.rows] == [2, 2]
    assert [row.compatibility for row in edge.rows] == [row.compatibility for row in free.rows]


def test_no_part_in_common_is_a_toss_up() -> None:
    """Ranks by the number of parts alone share the first place in every draw."""
    found = mix_of(
        {Work("one", 1.0): of("one", *near("A", 1.0, 1)), Work("two", 1.0): of("two", *near("B", 9.0, 1))}
    )
    assert [(row.rank, row.p_best) for row in found.rows] == [(1, 0.5), (1, 0.5)]
    assert (found.certainty, found.tie_group) == ("toss-up", ("A", "B"))


def test_a_lone_hardware_has_no_word() -> None:
    """Without a rival there is nothing to be sure of."""
    found = mix_of({Work("one", 1.0): of("one", *near("A", 1.0, 1))})
    assert (found.certainty, found.rows[0].p_best) == (None, None)


def test_a_real_store_says_what_recommend_says(tmp_path: Path) -> None:
    """From a database: the mix of one part equals the answer, with and without limits."""
    store = fill(tmp_path)
    for limits in ({}, {"min_throughput": 20.0}):
        q = replace(ASKED, **limits)
        alone = recommend(store, replace(q, model="net"))
        assert_same(recommend_mix(store, Mix("m", (Work("net", 1.0),)), q), alone)
    measure(store, "other", HERE, 1, 9.0)
    both = recommend_mix(store, Mix("m", (Work("net", 1.0), Work("other", 9.0))), ASKED)
    assert [row.hardware for row in both.rows] == [HERE.hardware, THERE.hardware]
    assert both.certainty is not None
    assert sum(row.p_best or 0.0 for row in both.rows) == pytest.approx(1.0)
