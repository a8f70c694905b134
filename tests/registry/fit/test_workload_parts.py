"""What a mix's rows are put together from: components, money and energy by part."""

from __future__ import annotations

from dataclasses import astuple, replace

import numpy as np
import pytest
from fitment.registry.answers import Price
from fitment.registry.fit.workload_parts import label, same_units, shortfall, tables
from fitment.registry.workloads import Work

from tests.registry.fit.estimates import k, ok
from tests.registry.fit.mixes import ASKED, mix_of, of, parts, row

PRICES = (Price("A", 3.6, "p.csv:2"), Price("B", 1.8, "p.csv:3"))
PRICED = replace(ASKED, prices=PRICES)
COSTED = replace(PRICED, cost=True)
WORKS = {
    Work("one", 3.0, batch=8): of("one", ok("A", k(8), 100.0), ok("B", k(8), 25.0)),
    Work("two", 1.0): of("two", ok("A", k(1), 10.0), ok("B", k(1), 40.0)),
}


def test_a_unit_of_the_mix_costs_what_its_parts_cost_by_share() -> None:
    """A: 0.75·0.01 + 0.25·0.1 = 0.0325; B: 0.75·0.02 + 0.25·0.0125. C: 0.75·0.01 + 0.25·0.0125 over that."""
    found = mix_of(WORKS, COSTED)
    a, b, least = 0.0325, 0.018125, 0.010625
    for name, cost in (("A", a), ("B", b)):
        assert row(found, name).cost_per_1k_usd == pytest.approx(cost)
        assert row(found, name).cost_score == pytest.approx(least / cost)
    assert found.weights.cost == pytest.approx(0.25)
    assert found.profile == "default+cost"


def test_prices_alone_change_no_rank() -> None:
    """They are shown, and a note says so."""
    found, free = mix_of(WORKS, PRICED), mix_of(WORKS)
    assert [(r.hardware, r.compatibility) for r in found.rows] == [
        (r.hardware, r.compatibility) for r in free.rows
    ]
    assert row(found, "A").cost_per_1k_usd == pytest.approx(0.0325)
    assert row(found, "A").cost_score is None
    assert any(note.startswith("prices: ") for note in found.notes)
    assert any("--cost makes it count" in note for note in found.notes)


def test_cost_can_turn_the_ranking() -> None:
    """A device that is as fast and costs a third goes first where cost counts."""
    works = {w: of(w.model, ok("A", k(8 if w.batch else 1), 101.0), ok("B", k(8 if w.batch else 1), 100.0))
             for w in WORKS}  # fmt: skip
    assert [r.hardware for r in mix_of(works).rows] == ["A", "B"]
    assert [r.hardware for r in mix_of(works, COSTED).rows] == ["B", "A"]


def test_a_missing_price_drops_cost_for_all() -> None:
    """As for a single model, and it is said; the weights of the others are as without it."""
    found = mix_of(WORKS, replace(COSTED, prices=PRICES[:1]))
    assert astuple(found.weights) == pytest.approx(astuple(mix_of(WORKS).weights))
    assert row(found, "B").cost_per_1k_usd is None
    assert any(note.startswith("cost: no price of B, so it is dropped") for note in found.notes)


def test_a_missing_price_can_count_as_the_dearest() -> None:
    """Pessimistic: B takes in each part what the dearest takes, and is not said to cost that."""
    priced = replace(COSTED, prices=PRICES[:1], missing="pessimistic")
    found = mix_of(WORKS, priced)
    assert (row(found, "A").cost_per_1k_usd, row(found, "B").cost_per_1k_usd) == (pytest.approx(0.0325), None)
    assert (row(found, "A").cost_score, row(found, "B").cost_score) == (pytest.approx(1.0),) * 2
    assert any(note.startswith("cost: no price of B: counted as the worst") for note in found.notes)


def test_energy_adds_up_likewise() -> None:
    """0.75·2 + 0.25·8 J for A against 0.75·4 + 0.25·4: E is the least of the parts over that."""
    powered = {
        work: [replace(e, energy_per_unit_j=joules) for e, joules in zip(es, per, strict=True)]
        for (work, es), per in zip(WORKS.items(), ((2.0, 4.0), (8.0, 4.0)), strict=True)
    }
    found = mix_of(powered, replace(ASKED, energy=True))
    assert [row(found, name).energy_per_unit_j for name in "AB"] == [3.5, 4.0]
    assert [row(found, name).energy_score for name in "AB"] == pytest.approx([2.5 / 3.5, 2.5 / 4.0])


def test_tables_hold_nan_for_what_does_not_run() -> None:
    """Hardware that lacks a part has neither components nor spending there."""
    lacking = {**WORKS, Work("three", 1.0): of("three", ok("A", k(1), 1.0))}
    found = tables(parts(lacking, COSTED), ["A", "B"])
    assert found.runs.tolist() == [[True, True], [True, True], [True, False]]
    assert np.isnan(found.components[:, 2, 1]).all()
    assert np.isnan([found.compatibility[2, 1], found.confidence[2, 1], *found.spent[:, 2, 1]]).all()
    assert found.least[0].tolist() == pytest.approx([0.01, 0.0125, 1.0])


def test_labels_units_and_distances() -> None:
    """A part is named with what it fixes; a distance is known where only limits are amiss."""
    found = parts(WORKS, replace(ASKED, max_latency_s=0.05))
    assert [label(part) for part in found] == ["one forward, batch 8", "two forward"]
    assert same_units(found)
    assert shortfall(found, "B") == pytest.approx(6.4)
    assert shortfall(found, "A") == pytest.approx(2.0)
    assert shortfall(found, "C") is None
