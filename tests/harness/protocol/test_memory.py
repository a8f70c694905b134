"""fitment.harness.protocol.memory: what a device's memory becomes in the record."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
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


TRANSIENTS = """
import mmap
from fitment.harness.protocol.memory import memory_pass
from tests.harness.meters.fake_nvml import FakeNvml
from tests.harness.protocol.benches import Recorded

LENGTH = 64 * 2**20

def transient():
    held = mmap.mmap(-1, LENGTH, flags=mmap.MAP_PRIVATE)
    for page in range(0, LENGTH, mmap.PAGESIZE):
        held[page] = 1
    held.close()

def peak(step):
    recorded = Recorded(FakeNvml())
    object.__setattr__(recorded.bench.subject, "step", step)
    memory_pass(recorded.bench, None)
    fields = recorded.fields()
    assert fields["rss_source"] == "vmhwm", fields
    return fields["peak_rss_bytes"]

peak(transient)
print(*(peak(transient) - peak(lambda: None) - LENGTH for _ in range(20)))
"""


def test_a_transient_of_64_mib_is_exact_to_1_mib_in_20_of_20() -> None:
    """A buffer that a step holds for a moment is in the peak to the page, each of twenty times."""
    root = Path(__file__).parents[3]
    told = subprocess.run(
        [sys.executable, "-c", TRANSIENTS], capture_output=True, text=True, check=False, cwd=root
    )
    assert told.returncode == 0, told.stderr
    errors = [int(error) for error in told.stdout.split()]
    assert len(errors) == 20
    assert max(map(abs, errors)) < 2**20, errors
