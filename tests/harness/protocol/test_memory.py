"""fitment.harness.protocol.memory: what a device's memory becomes in the record."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest
import torch
from fitment.harness.protocol.memory import memory_pass

from tests.harness.meters.fake_nvml import FakeNvml, process
from tests.harness.protocol.benches import Recorded


@pytest.mark.parametrize(("idle", "grown"), [(100, 900), (None, None), (1000, None), (1200, None)])
def test_device_memory_is_what_was_added(idle: int | None, grown: int | None) -> None:
    """NVML's figure is the growth since before the load; no growth, or a negative one, says nothing of us."""
    library = FakeNvml(
        nvmlDeviceGetMemoryInfo=SimpleNamespace(used=1000, total=2000),
        nvmlDeviceGetComputeRunningProcesses=[process(os.getpid(), 700)],
    )
    recorded = Recorded(library)
    output = memory_pass(recorded.bench, idle)
    fields = recorded.fields()
    assert torch.equal(output, torch.ones(1))
    assert (fields["nvml_used_bytes"], fields["nvml_process_bytes"]) == (grown, 700)
    assert fields["peak_memory_bytes"] == fields["peak_rss_bytes"] > 0
