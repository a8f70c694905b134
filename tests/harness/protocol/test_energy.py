"""fitment.harness.protocol.energy: where the pass is made."""

from __future__ import annotations

from fitment.harness.protocol.energy import energy_pass

from tests.harness.meters.fake_nvml import FakeNvml
from tests.harness.protocol.benches import Recorded


def test_energy_only_where_the_profile_asks() -> None:
    """The quick profile spends no seconds on energy: nothing is noted."""
    recorded = Recorded(FakeNvml(nvmlDeviceGetTotalEnergyConsumption=[1, 2, 3, 4, 5, 6, 7]))
    energy_pass(recorded.bench, 0.1)
    assert "energy_source" not in recorded.fields()
