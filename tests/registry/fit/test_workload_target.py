"""The rate of a whole mix and the devices for one that is asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fitment.registry.answers import Price
from fitment.registry.fit.workload_target import mix_rate
from fitment.registry.workloads import Work
from hypothesis import given
from hypothesis import strategies as st

from tests.registry.fit.estimates import failed, k, ok
from tests.registry.fit.mixes import ASKED, mix_of, of, row

PRICES = (Price("A", 2.0, "p.csv:2"),)
ENDS = {"throughput_low": 90.0, "throughput_high": 110.0, "interval_basis": "processes"}
WORKS = {
    Work("one", 3.0): of("one", ok("A", k(1), 100.0, **ENDS), ok("B", k(1), 25.0)),
    Work("two", 1.0): of("two", ok("A", k(1), 100.0, **ENDS), ok("B", k(1), 40.0)),
}
ASKING = replace(ASKED, target_rate=450.0, target_unit="samples", prices=PRICES)


def test_the_rate_of_a_mix_is_the_harmonic_mean_by_share() -> None:
    """B: 1 / (0.75/25 + 0.25/40) = 27.586; 450/s take 17 of it. A: 100, 4.5 times; 4.09 to 5 by its ends."""
    found = mix_of(WORKS, ASKING)
    a, b = row(found, "A"), row(found, "B")
    assert (a.throughput, a.throughput_low, a.throughput_high) == pytest.approx((100.0, 90.0, 110.0))
    assert (a.devices, a.devices_low, a.devices_high, a.interval_basis) == (5, 5, 5, "processes")
    assert (b.throughput, b.devices, b.devices_low) == (pytest.approx(1 / 0.03625), 17, None)
    assert (a.usd_per_device_hour, b.usd_per_device_hour) == (2.0, None)
    assert [r.rank for r in mix_of(WORKS).rows] == [r.rank for r in found.rows]


def test_what_lacks_a_part_reaches_no_rate() -> None:
    """However many there are of it."""
    works = {**WORKS, Work("three", 1.0): of("three", ok("A", k(1), 1.0), failed("B", k(1), "oom_device"))}
    b = row(mix_of(works, ASKING), "B")
    assert (b.throughput, b.devices) == (None, None)
    assert row(mix_of(works, ASKING), "A").devices is not None


def test_sets_of_several_devices_are_counted_whole() -> None:
    """A part on two devices and one on three: six at a time, which do 3·60 and 2·90 a second."""
    pair, trio = k(1, n_devices=2), k(1, n_devices=3)
    works = {
        Work("one", 1.0): of("one", ok("A", pair, 60.0)),
        Work("two", 1.0): of("two", ok("A", trio, 90.0)),
    }
    found = row(mix_of(works, ASKING), "A")
    assert found.throughput == pytest.approx(180.0)
    assert found.devices == 18


@given(
    st.lists(st.tuples(st.floats(1e-3, 1e6), st.floats(1e-3, 1.0)), min_size=1, max_size=5),
    st.integers(1, 8),
)
def test_properties_of_the_rate(parts: list[tuple[float, float]], copies: int) -> None:
    """Between the slowest and the fastest part; copies multiply it; one unknown part makes it unknown."""
    throughputs = [t for t, _ in parts]
    shares = [s / sum(s for _, s in parts) for _, s in parts]
    alone = mix_rate(throughputs, shares, [1] * len(parts))
    assert alone is not None
    assert min(throughputs) * (1 - 1e-9) <= alone <= max(throughputs) * (1 + 1e-9)
    assert mix_rate(throughputs, shares, [copies] * len(parts)) == pytest.approx(copies * alone)
    assert mix_rate([*throughputs, None], [*shares, 0.1], [1] * (len(parts) + 1)) is None
