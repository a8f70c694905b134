"""fitment.harness.protocol.energy: where the pass is made, and what it notes."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
from fitment.harness.meters import energy, power
from fitment.harness.profiles import PROFILES
from fitment.harness.protocol.energy import energy_pass

from tests.harness.meters.fake_nvml import FakeNvml
from tests.harness.protocol.benches import Recorded


@pytest.fixture(autouse=True)
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pass takes hundredths of its seconds."""
    for name, seconds in (
        ("LEAST_S", 0.03),
        ("IDLE_S", 0.01),
        ("_WARM_S", 0.005),
        ("_LONGEST_PERIOD_S", 0.05),
    ):
        monkeypatch.setattr(energy, name, seconds)
    monkeypatch.setattr(power, "AVERAGED_S", 0.0)


def noted(profile: str, **answers: Any) -> dict[str, Any]:
    """What the pass notes on a GPU with these answers."""
    recorded = Recorded(FakeNvml(**answers))
    cell = replace(recorded.bench.cell, device_kind="cuda")
    energy_pass(replace(recorded.bench, profile=PROFILES[profile], cell=cell), 1e-5)
    return recorded.fields()


def watts(power_w: float) -> Any:
    """A counter of millijoules that goes on at this power, whatever the device does."""
    return lambda: round(time.perf_counter() * power_w * 1e3)


def test_energy_only_where_the_profile_asks() -> None:
    """The quick profile spends no seconds on energy: nothing is noted."""
    assert "energy_source" not in noted("quick", nvmlDeviceGetTotalEnergyConsumption=watts(100))


def test_energy_of_a_gpu_is_noted() -> None:
    """Counter, sampled power and what sampling cost are there, each in its column."""
    fields = noted("standard", nvmlDeviceGetTotalEnergyConsumption=watts(100), nvmlDeviceGetPowerUsage=90_000)
    assert fields["energy_source"] == "nvml"
    assert fields["energy_per_unit_j"] > 0
    assert fields["mean_power_w"] > 0
    assert fields["integrated_power_w"] == pytest.approx(90)
    assert fields["sampler_cpu_s"] > 0


@pytest.mark.parametrize(
    ("answers", "flags"), [({"nvmlDeviceGetTotalEnergyConsumption": [7]}, "energy_invalid"), ({}, "")]
)
def test_no_energy_is_none(answers: dict[str, Any], flags: str) -> None:
    """A counter that stands still is flagged; a GPU without one is no mistake. Neither is 0 J."""
    fields = noted("standard", **answers)
    assert fields.get("energy_per_unit_j") is None
    assert fields.get("energy_source") is None
    assert fields["flags"] == flags
