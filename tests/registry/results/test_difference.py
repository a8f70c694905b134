"""What differs between two results, and in which order it is told."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from fitment.registry.records import Configuration, Measurement
from fitment.registry.results.difference import CELL, CONDITIONS, ENVIRONMENT, Line, difference
from fitment.registry.results.stored import stored_result
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store
from tests.registry.fit.stores import HERE, THERE, measure


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path / "fitment.duckdb")


def compared(store: Store, first: int, second: int) -> tuple[Line, ...]:
    with store.reading() as con:
        return difference(stored_result(con, first), stored_result(con, second))


def line(lines: tuple[Line, ...], name: str) -> Line:
    (found,) = (each for each in lines if each.name == name)
    return found


def test_what_differs_comes_first(store: Store) -> None:
    """Environment before cell before conditions before flags before numbers; then what is the same."""
    bf16 = {"configuration": Configuration(4, "bf16", "eager")}
    a = measure(store, "net", HERE, 4, 10.0, sm_clock_hz=1e9, flags="noisy")
    b = measure(store, "net", THERE, 4, 20.0, sm_clock_hz=2e9, cell=bf16)
    lines = compared(store, a, b)
    differing = [each.name for each in lines if each.differs]
    told = ["hardware", "precision", "sm_clock_hz", "flags", "throughput"]
    assert sorted(told, key=differing.index) == told
    assert [each.differs for each in lines] == sorted((each.differs for each in lines), reverse=True)
    assert [line(lines, name).section for name in told[:3]] == [ENVIRONMENT, CELL, CONDITIONS]
    assert line(lines, "throughput").ratio == 2.0


def test_a_result_does_not_differ_from_itself(store: Store) -> None:
    """Nothing differs, and what neither result has is not told at all."""
    a = measure(store, "net", HERE, 4, 10.0)
    lines = compared(store, a, a)
    assert not [each for each in lines if each.differs]
    assert "energy_per_unit_j" not in {each.name for each in lines}


@pytest.mark.parametrize(
    ("second", "beyond"),
    [((2.0, 3.0), False), ((2.5, 3.5), False), ((3.5, 4.0), True), ((None, None), None)],
)
def test_noise_is_told_from_difference(store: Store, second: tuple[Any, Any], beyond: bool | None) -> None:
    """Two quantities differ beyond noise where their intervals lie apart; without intervals nobody knows."""
    bounds = ("latency_p50_low_s", "latency_p50_high_s")
    a = measure(store, "net", HERE, 4, 10.0, **dict(zip(bounds, (1.0, 3.0), strict=True)))
    b = measure(store, "net", HERE, 4, 11.0, **dict(zip(bounds, second, strict=True)))
    assert line(compared(store, a, b), "latency_p50_s").beyond_noise is beyond
    assert line(compared(store, b, a), "latency_p50_s").beyond_noise is beyond


def test_missing_is_a_difference_without_a_ratio(store: Store) -> None:
    """A figure that only one result has differs; it is not taken for zero."""
    a = measure(store, "net", HERE, 4, 10.0, energy_per_unit_j=2.0)
    b = measure(store, "net", HERE, 4, None, status="oom_host")
    energy = line(compared(store, a, b), "energy_per_unit_j")
    assert (energy.first, energy.second, energy.ratio, energy.differs) == (2.0, None, None, True)
    assert line(compared(store, a, b), "status").differs


def test_flags_that_the_other_lacks_come_first(store: Store) -> None:
    """So that they are seen where the list is long."""
    a = measure(store, "net", HERE, 4, 10.0, flags="contended,noisy,throttled")
    b = measure(store, "net", HERE, 4, 10.0, flags="contended,noisy")
    flags = line(compared(store, a, b), "flags")
    assert (flags.first, flags.second) == ("throttled, contended, noisy", "contended, noisy")


def test_machines_of_one_kind_are_told_apart(store: Store) -> None:
    """Another host of the same hardware differs in the environment, by that fact alone."""
    a = measure(store, "net", HERE, 4, 10.0)
    b = measure(store, "net", replace(HERE, host="twin"), 4, 10.0)
    assert [each.name for each in compared(store, a, b) if each.differs] == ["host"]


def test_every_fact_of_a_result_is_compared(store: Store) -> None:
    """Whatever a measurement has is told, but for where the row itself comes from."""
    told = {"status": "crashed", "flags": "noisy", "throttle_reasons": "x"}
    row = {field.name: told.get(field.name, 1) for field in fields(Measurement)}
    a = measure(store, "net", HERE, 4, 10.0)
    with store.reading() as con:
        result = stored_result(con, a)
    filled = replace(result, row={**result.row, **row})
    own = {"cell", "env_id", "recorded_at", "sweep_id", "invocation", "source_line", "row_key", "stderr_tail"}
    bounds = {"throughput_low", "throughput_high", "latency_p50_low_s", "latency_p50_high_s"}
    assert set(row) - {each.name for each in difference(filled, filled)} == own | bounds


def test_a_number_that_counts_nothing_has_no_ratio(store: Store) -> None:
    """Signal 11 is not 1.2 times signal 9."""
    a = measure(store, "net", HERE, 4, None, status="crashed", signal=9)
    b = measure(store, "net", HERE, 4, None, status="crashed", signal=11, invocation=1)
    assert line(compared(store, a, b), "signal").ratio is None
