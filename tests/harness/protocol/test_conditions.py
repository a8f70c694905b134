"""fitment.harness.protocol.conditions: what disturbed the timed passes is in the record when they end."""

from __future__ import annotations

import pytest
from fitment.harness.protocol import gpu_at_work
from fitment.harness.protocol.conditions import conditions_noted

from tests.harness.meters.fake_nvml import FakeNvml
from tests.harness.protocol.benches import Recorded


def test_contention_and_clocks_around_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """The processor's figures of the block, and the GPU's after it, are noted."""
    monkeypatch.setattr(gpu_at_work, "WATCHED_S", 0.01)
    recorded = Recorded(FakeNvml(nvmlDeviceGetClockInfo=1500))
    with conditions_noted(recorded.bench):
        pass
    fields = recorded.fields()
    assert fields["involuntary_switches"] >= 0
    assert fields["sm_clock_hz"] == 1.5e9
