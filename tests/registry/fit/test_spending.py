"""Cost and energy as criteria: what they do to a ranking, and what becomes of what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, replace
from typing import Any

import pytest
from fitment.registry.answers import Estimate, Price, Profile, Question, Weights
from fitment.registry.errors import QuestionError
from fitment.registry.fit.recommend import answer
from fitment.registry.report.explanation import lines
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registry.fit.estimates import QUESTION, has_note, k, ok, ranks, reasons, row

SLOW, FAST = "NVIDIA GeForce RTX 4090, 24 GiB", "NVIDIA GeForce RTX 5090, 32 GiB"
GPU: dict[str, Any] = {"device_kind": "cuda", "memory_scope": "allocator", "capacity_bytes": None}
PAIR = (ok(SLOW, k(8), 100.0, **GPU), ok(FAST, k(8), 120.0, **GPU))


def price(hardware: str, usd: float, **fields: Any) -> Price:
    return replace(Price(hardware, usd, f"p.csv:{hardware}", hardware), **fields)


PRICES = (price("RTX 4090", 0.36), price("RTX 5090", 0.864))
PRICED = replace(QUESTION, prices=PRICES, cost=True)


def test_by_hand() -> None:
    """.36 USD an hour at 100/s are .001 USD a thousand; cost takes .25, the others keep their proportions."""
    found = answer(PRICED, PAIR)
    slow, fast = row(found, SLOW), row(found, FAST)
    assert (slow.usd_per_device_hour, slow.cost_per_1k_usd) == (0.36, pytest.approx(0.001))
    assert (slow.cost_score, fast.cost_score) == (1.0, pytest.approx(0.5))
    assert astuple(found.weights) == pytest.approx((0.375, 0.225, 0.15, 0.25, 0.0))
    assert fast.compatibility == pytest.approx(0.75 + 0.25 * 0.5)
    assert ranks(answer(replace(QUESTION, prices=PRICES), PAIR)) == [(1, FAST), (2, SLOW)]
    assert ranks(found) == [(1, SLOW), (2, FAST)]
    assert found.profile == "default+cost"


def test_both_take_a_fifth_each() -> None:
    """Energy goes by the median of the processes; the least has component 1."""
    metered = [
        replace(e, energy_per_unit_j=j, energy_source="nvml") for e, j in zip(PAIR, (2.0, 1.0), strict=True)
    ]
    found = answer(replace(PRICED, energy=True), metered)
    assert astuple(found.weights) == pytest.approx((0.3, 0.18, 0.12, 0.2, 0.2))
    assert (row(found, SLOW).energy_score, row(found, FAST).energy_score) == (0.5, 1.0)


def test_prices_alone_are_shown_and_change_nothing() -> None:
    """Without --cost only what is shown differs, and a note says so."""
    plain, shown = answer(QUESTION, PAIR), answer(replace(QUESTION, prices=PRICES), PAIR)
    assert shown.weights == plain.weights == Weights(0.5, 0.3, 0.2)
    same = ("rank", "compatibility", "suitability", "p_best", "throughput_score", "front", "cost_score")
    for a, b in zip(plain.rows, shown.rows, strict=True):
        assert [getattr(a, name) for name in same] == [getattr(b, name) for name in same]
        assert (a.cost_per_1k_usd is None, b.cost_per_1k_usd is None) == (True, False)
    assert has_note(shown, "--cost makes it count")


def test_the_default_is_exact() -> None:
    """Nobody who asks for neither gets another bit: .5·T + .3·L + .2·M, added in that order."""
    for r in answer(QUESTION, PAIR).rows:
        t, latency, m = r.throughput_score, r.latency_score, r.memory_score
        assert None not in (t, latency, m)
        assert r.compatibility == 0.5 * (t or 0) + 0.3 * (latency or 0) + 0.2 * (m or 0)
        assert (r.cost_score, r.energy_score) == (None, None)


@pytest.mark.parametrize(
    ("policy", "used", "expected"),
    [("renormalise", 0.0, [SLOW, FAST]), ("pessimistic", 0.25, [SLOW, FAST]), ("require", 0.25, [SLOW])],
)
def test_a_missing_price_by_each_policy(policy: str, used: float, expected: list[str]) -> None:
    """Dropped for all, the worst of the others', or the hardware is rejected; never 0 for one alone."""
    found = answer(replace(PRICED, prices=PRICES[:1], missing=policy), PAIR)
    assert found.weights.cost == used
    assert sorted(r.hardware for r in found.rows) == expected
    if policy == "renormalise":
        assert has_note(found, f"cost: no price of {FAST}, so it is dropped for all")
        assert row(found, FAST).cost_per_1k_usd is None
    elif policy == "pessimistic":
        assert has_note(found, "counted as the worst of the others'")
        assert "pessimistic" in row(found, FAST).flags
    else:
        assert reasons(found) == {FAST: "no price is given, which --missing require requires"}
        assert found.rejected[0].remedy is None


def test_energy_that_none_has_is_dropped() -> None:
    """The ranking stays as it was, and a note names who was not metered."""
    found = answer(replace(QUESTION, energy=True), PAIR)
    assert astuple(found.weights) == pytest.approx((0.5, 0.3, 0.2, 0.0, 0.0))
    assert has_note(found, "energy: not metered on")
    required = answer(replace(QUESTION, energy=True, missing="require"), PAIR)
    assert ranks(required) == ranks(found)


def test_energy_that_is_required() -> None:
    """Configurations without it are left out with a note, and hardware that has none is rejected."""
    metered: dict[str, Any] = {**GPU, "energy_per_unit_j": 1.0, "energy_source": "nvml"}
    estimates = [ok(SLOW, k(8), 100.0, **metered), ok(SLOW, k(16), 110.0, **GPU), PAIR[1]]
    found = answer(replace(QUESTION, energy=True, missing="require"), estimates)
    assert reasons(found) == {FAST: "its energy was not metered, which --missing require requires"}
    assert has_note(
        found, f"energy is required: configurations where it is not measured are left out: 1 on {SLOW}"
    )


def test_what_is_to_be_known_of_prices() -> None:
    """Old and undated prices are flagged; notes say where each stands; slips are named; meters may differ."""
    prices = (
        price("RTX 4090", 0.4, date="2026-01-01", stale=True, source="the page"),
        price("RTX 5090", 0.9),
        replace(price("RTX 4099", 1.0), entry=None),
    )
    metered = [
        replace(e, energy_per_unit_j=1.0, energy_source=s)
        for e, s in zip(PAIR, ("nvml", "rapl"), strict=True)
    ]
    found = answer(replace(PRICED, prices=prices, energy=True), metered)
    assert "stale_price" in row(found, SLOW).flags
    assert "undated_price" in row(found, FAST).flags
    assert has_note(
        found, "0.4 USD a device-hour (p.csv:RTX 4090, 2026-01-01, more than 30 days old, the page)"
    )
    assert has_note(found, "prices of no hardware that is compared or in the catalogue: p.csv:RTX 4099")
    assert has_note(found, "not of the same parts of a machine")


def test_cost_needs_prices() -> None:
    """By flag or by a profile that weighs it; and weights have one source."""
    with pytest.raises(QuestionError, match="--cost needs prices: --prices FILE"):
        answer(replace(QUESTION, cost=True), PAIR)
    thrifty = Profile("thrifty", Weights(0.5, 0.0, 0.0, 0.5, 0.0))
    with pytest.raises(QuestionError, match="the profile counts cost, which needs prices"):
        answer(replace(QUESTION, profile=thrifty), PAIR)
    with pytest.raises(QuestionError, match="--profile stands in for --task"):
        answer(replace(QUESTION, profile=thrifty, task="inference", prices=PRICES), PAIR)
    assert answer(replace(QUESTION, profile=thrifty, prices=PRICES), PAIR).weights == thrifty.weights


def test_where_no_configuration_is_common_cost_still_counts() -> None:
    """Best throughputs at other batches have costs, too; it is no longer throughput alone."""
    found = answer(PRICED, [ok(SLOW, k(8), 100.0, **GPU), ok(FAST, k(64), 120.0, **GPU)])
    assert astuple(found.weights) == (0.75, 0.0, 0.0, 0.25, 0.0)
    assert row(found, FAST).compatibility == pytest.approx(0.875)


def test_the_explanation_adds_up() -> None:
    """Each criterion that counts is a term, with who set what it is held against."""
    found = answer(replace(PRICED, explain=True), PAIR)
    terms = found.rows[0].explanation.terms if found.rows[0].explanation else ()
    assert [t.criterion for t in terms] == ["throughput", "latency", "memory", "cost"]
    assert sum(t.weight * (t.component or 0.0) for t in terms) == pytest.approx(found.rows[0].compatibility)
    assert any("C = min k / k" in line for line in lines(found.rows[0], found))


NAMES = ("RTX 4090", "RTX 5090", "L4", "A10")
USD = st.floats(0.01, 100.0)
SPEEDS = st.lists(st.floats(1.0, 1000.0), min_size=4, max_size=4)


def four(speeds: Sequence[float]) -> list[Estimate]:
    return [ok(name, k(8), speed, **GPU) for name, speed in zip(NAMES, speeds, strict=True)]


def asked(usd: Sequence[float]) -> Question:
    return replace(QUESTION, prices=tuple(map(price, NAMES, usd)), cost=True, top_k=9)


@settings(max_examples=25)
@given(SPEEDS, st.lists(USD, min_size=4, max_size=4), st.integers(-8, 8))
def test_scaling_all_prices_changes_no_component(speeds: list[float], usd: list[float], power: int) -> None:
    """In another currency the ranking, its components and its chances are the same."""
    estimates = four(speeds)
    a, b = (answer(asked([u * factor for u in usd]), estimates) for factor in (1.0, 2.0**power))
    for x, y in zip(a.rows, b.rows, strict=True):
        assert (x.hardware, x.rank, x.cost_score) == (y.hardware, y.rank, y.cost_score)
        assert x.compatibility == y.compatibility
        assert x.p_best == pytest.approx(y.p_best, abs=0.01)


@settings(max_examples=25)
@given(SPEEDS, st.lists(USD, min_size=4, max_size=4), st.integers(0, 3), st.floats(1.0, 50.0))
def test_a_dearer_price_never_lifts_a_rank(
    speeds: list[float], usd: list[float], place: int, factor: float
) -> None:
    """Nor its chance to be the best."""
    estimates = four(speeds)
    dearer = [u * (factor if i == place else 1.0) for i, u in enumerate(usd)]
    before, after = (row(answer(asked(x), estimates), NAMES[place]) for x in (usd, dearer))
    assert after.rank >= before.rank
    assert (after.p_best or 0.0) <= (before.p_best or 0.0) + 1e-9


@settings(max_examples=25)
@given(SPEEDS, st.lists(USD, min_size=4, max_size=4))
def test_rank_1_is_on_the_front_of_what_counts(speeds: list[float], usd: list[float]) -> None:
    """With cost among the criteria the front has that axis, too."""
    assert answer(asked(usd), four(speeds)).rows[0].front == "front"
