"""fitment.harness.meters.energy: joules per unit of work, or None."""

from __future__ import annotations

import itertools

import pytest
from fitment.harness.meters import energy, nvml
from fitment.harness.meters.energy import Counter, Elapsed, counter_for, measure_energy

from tests.harness.meters.fake_nvml import UUID, FakeNvml
from tests.harness.protocol.fake_clock import watch_over


@pytest.fixture(autouse=True)
def no_idling(monkeypatch: pytest.MonkeyPatch) -> None:
    """The idle second is not slept through."""
    monkeypatch.setattr(energy.time, "sleep", lambda seconds: None)


def counter(*joules: float | None) -> Counter:
    """A counter whose successive spans took these joules."""
    left = iter(joules)

    def start() -> Elapsed:
        spent = next(left)
        return lambda: spent

    return Counter("nvml", start)


def test_energy_per_unit_of_work() -> None:
    """300 J over 3 s of 30 steps with 4 samples each are 2.5 J a sample at 100 W."""
    fields = measure_energy(watch_over(itertools.repeat(0.1)), counter(20.0, 300.0), 0.1, batch=4)
    assert fields["energy_per_unit_j"] == pytest.approx(2.5)
    assert fields["mean_power_w"] == pytest.approx(100)
    assert (fields["idle_power_w"], fields["energy_source"]) == (20.0, "nvml")


@pytest.mark.parametrize("joules", [None, 0.0, -5.0])
def test_counter_that_fails_or_runs_backwards(joules: float | None) -> None:
    """No figure is None, and never zero."""
    fields = measure_energy(watch_over(itertools.repeat(0.1)), counter(joules, joules), 0.1, batch=4)
    assert set(fields.values()) == {None}


def test_counter_of_a_gpu() -> None:
    """NVML's counter where the device has one, nothing where it does not."""
    with_counter = FakeNvml(nvmlDeviceGetTotalEnergyConsumption=[1000, 2000, 5000])
    found = counter_for(nvml.find(UUID, with_counter), "cuda")
    assert found is not None
    assert found.source == "nvml"
    assert found.start()() == pytest.approx(3.0)
    assert counter_for(nvml.find(UUID, FakeNvml()), "cuda") is None
    assert counter_for(None, "cuda") is None


def test_counter_of_a_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """RAPL where it can be read."""
    monkeypatch.setattr(energy.rapl, "read", lambda: None)
    assert counter_for(None, "cpu") is None
    readings = (energy.rapl.Reading((joules,), (1e6,)) for joules in (1.0, 2.0, 7.0))
    monkeypatch.setattr(energy.rapl, "read", lambda: next(readings))
    found = counter_for(None, "cpu")
    assert found is not None
    assert found.start()() == pytest.approx(5.0)
