from __future__ import annotations

from collections.abc import Sequence

import pytest
from fitment.registry.answers import NOISE
from fitment.registry.catalogue.hardware import CatalogueEntry, match
from fitment.registry.choosing.choice import Speed
from fitment.registry.choosing.speeds import estimated_speed, measured_speed, names_of, ran_out_of_memory
from fitment.registry.choosing.target_hardware import target_hardware
from fitment.registry.storage.store import Store

from tests.registry.choosing.models import candidate
from tests.registry.fit.stores import HERE, THERE

TARGET = target_hardware(HERE.hardware, {HERE.hardware: 8 << 30})
FAR = target_hardware(THERE.hardware, {THERE.hardware: 8 << 30})


def measured(store: Store, names: Sequence[str], precision: str | None = None) -> Speed | None:
    with store.reading() as con:
        return measured_speed(con, names, TARGET, precision, NOISE)


def test_what_recommend_says_of_that_hardware(recorded: Store) -> None:
    """Its rank 1 there, with interval, results, tier; P(best) is that of this hardware among all."""
    found = measured(recorded, ["a"])
    assert found is not None
    assert (found.value, found.unit, found.tier, found.hardware) == (
        *(100.0, "samples/s", "measured here"),
        HERE.hardware,
    )
    assert found.low is not None
    assert found.high is not None
    assert found.low < 100.0 < found.high
    assert len(found.result_ids) == 3
    assert found.p_best is not None
    assert found.p_best < 0.05
    with recorded.reading() as con:
        far = measured_speed(con, ["a"], FAR, None, NOISE)
    assert far is not None
    assert far.tier == "measured elsewhere"
    assert far.p_best is not None
    assert far.p_best > 0.95


def test_of_several_names_the_fastest(recorded: Store) -> None:
    """Of one tier; nothing where nothing ran at the precision, or at all."""
    found = measured(recorded, ["a", "b"])
    assert found is not None
    assert found.value == 200.0
    assert measured(recorded, ["a"], "bf16") is None
    assert measured(recorded, ["c"]) is None
    assert measured(recorded, []) is None


def test_out_of_memory(recorded: Store) -> None:
    """Only where it was tried and never ran."""
    with recorded.reading() as con:
        assert ran_out_of_memory(con, ["c"], TARGET)
        assert not ran_out_of_memory(con, ["a"], TARGET)
        assert not ran_out_of_memory(con, ["d"], TARGET)


def test_the_roof() -> None:
    """Bandwidth of the data sheet over the bytes of the weights; without either there is none."""
    card = match("RTX 4090")
    assert isinstance(card, CatalogueEntry)
    assert card.bytes_per_s is not None
    found = estimated_speed(14 * 10**9, card)
    assert found is not None
    assert found.value == pytest.approx(card.bytes_per_s / 14e9)
    assert found.tier == "estimated from size"
    assert estimated_speed(None, card) is None
    assert estimated_speed(1, None) is None


def test_names_of_results() -> None:
    """Its id and what it is measured as, where there are results of these."""
    assert names_of(candidate("x/a", measured_as=("a", "z")), frozenset({"a", "b"})) == ("a",)
