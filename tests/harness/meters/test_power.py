"""fitment.harness.meters.power: the mean of sampled watts, and what sampling costs."""

from __future__ import annotations

import pytest
from fitment.harness.meters import nvml, power

from tests.harness.meters.fake_nvml import UUID, FakeNvml


@pytest.mark.parametrize(
    ("readings", "since", "watts"),
    [
        ([(0.0, 100.0), (1.0, 100.0), (2.0, 100.0)], 0.0, 100.0),
        ([(0.0, 0.0), (1.0, 100.0)], 0.0, 50.0),
        ([(0.0, 50.0), (1.0, 100.0), (4.0, 100.0)], 0.0, 93.75),  # weighted by time, not by reading
        ([(0.0, 5.0), (1.0, 100.0), (2.0, 200.0)], 1.0, 150.0),
        ([(0.0, 100.0), (1.0, None), (2.0, 200.0)], 0.0, 150.0),
        ([(3.0, 70.0)], 0.0, 70.0),
        ([(0.0, 70.0)], 1.0, None),
        ([(0.0, None)], 0.0, None),
        ([], 0.0, None),
    ],
)
def test_mean_is_the_integral_over_its_time(
    readings: list[tuple[float, float | None]], since: float, watts: float | None
) -> None:
    """The trapezoids between readings, from a moment on; readings that failed are left out."""
    assert power.mean_power_w(readings, since) == (None if watts is None else pytest.approx(watts))


def test_what_sampling_costs() -> None:
    """A share of a processor, between nothing and all of it; None where there is no power to read."""
    share = power.sampler_cpu_share(nvml.find(UUID, FakeNvml(nvmlDeviceGetPowerUsage=70_000)), 0.2)
    assert share is not None
    assert 0 < share < 1
    assert power.sampler_cpu_share(nvml.find(UUID, FakeNvml())) is None
    assert power.sampler_cpu_share(None) is None
