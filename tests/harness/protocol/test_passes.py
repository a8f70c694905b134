"""fitment.harness.protocol.passes: what a GPU's state and its memory become in the record."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from fitment.harness.channel import Sender, receive
from fitment.harness.meters import nvml
from fitment.harness.meters.stopwatch import Stopwatch
from fitment.harness.profiles import PROFILES
from fitment.harness.protocol import passes
from fitment.harness.protocol.draft import Draft
from fitment.harness.protocol.subject import Subject

from tests.harness.jobs import make_job
from tests.harness.meters.fake_nvml import UUID, FakeNvml, process


class Recorded:
    """A bench over a step that does nothing, on a made-up GPU, and what its passes noted."""

    def __init__(self, library: FakeNvml) -> None:
        self._read_end, self._write_end = os.pipe()
        self._draft = Draft(Sender(self._write_end, "n"))
        subject = Subject(lambda: torch.ones(1), lambda: None, "samples/s", 0.1)
        watch = Stopwatch(subject.step, subject.synchronise)
        cell, quick = make_job().cell, PROFILES["quick"]
        gpu = nvml.find(UUID, library)
        self.bench = passes.Bench(cell, "cpu", quick, self._draft, subject, watch, gpu)

    def fields(self) -> dict[str, Any]:
        """What the parent would receive."""
        self._draft.send()
        os.close(self._write_end)
        with open(self._read_end, "rb") as file:
            body = receive(file.read(), "n").body
        assert body is not None
        return dict(body)


def state(**answers: Any) -> dict[str, Any]:
    """What is noted of a GPU that gives these answers."""
    recorded = Recorded(FakeNvml(**answers))
    assert recorded.bench.gpu is not None
    passes.note_gpu_state(recorded.bench, recorded.bench.gpu)
    return recorded.fields()


def test_clock_temperature_and_reasons_are_noted() -> None:
    """A warm GPU that nothing holds back has its figures and no flag."""
    fields = state(
        nvmlDeviceGetClockInfo=1500,
        nvmlDeviceGetMaxClockInfo=1900,
        nvmlDeviceGetTemperature=60,
        nvmlDeviceGetCurrentClocksEventReasons=0,
        nvmlDeviceGetComputeRunningProcesses=[process(os.getpid(), 5)],
    )
    assert (fields["sm_clock_hz"], fields["temperature_c"], fields["throttle_reasons"]) == (1.5e9, 60.0, "")
    assert fields["flags"] == ""


@pytest.mark.parametrize(
    ("answers", "flags"),
    [
        ({"nvmlDeviceGetCurrentClocksEventReasons": 0x40}, "throttled"),
        ({"nvmlDeviceGetComputeRunningProcesses": [process(1, 5)]}, "contended"),
        ({}, ""),
    ],
)
def test_F30_F40_what_disturbs_is_flagged(answers: dict[str, Any], flags: str) -> None:
    """A clock held down and another process on the GPU flag the result; a silent NVML does not."""
    assert state(**answers)["flags"] == flags


def test_F36_lost_gpu_is_flagged() -> None:
    """A GPU that went away during the passes leaves None and a flag."""
    library = FakeNvml()
    recorded = Recorded(library)
    library.lose()
    assert recorded.bench.gpu is not None
    passes.note_gpu_state(recorded.bench, recorded.bench.gpu)
    fields = recorded.fields()
    assert fields["flags"] == "gpu_lost"
    assert fields["sm_clock_hz"] is None


@pytest.mark.parametrize(("idle", "grown"), [(100, 900), (None, None), (1000, None), (1200, None)])
def test_device_memory_is_what_was_added(idle: int | None, grown: int | None) -> None:
    """NVML's figure is the growth since before the load; no growth, or a negative one, says nothing of us."""
    library = FakeNvml(
        nvmlDeviceGetMemoryInfo=SimpleNamespace(used=1000, total=2000),
        nvmlDeviceGetComputeRunningProcesses=[process(os.getpid(), 700)],
    )
    recorded = Recorded(library)
    output = passes.memory_pass(recorded.bench, idle)
    fields = recorded.fields()
    assert torch.equal(output, torch.ones(1))
    assert (fields["nvml_used_bytes"], fields["nvml_process_bytes"]) == (grown, 700)
    assert fields["peak_memory_bytes"] == fields["peak_rss_bytes"] > 0


def test_energy_only_where_the_profile_asks() -> None:
    """The quick profile spends no seconds on energy: nothing is noted."""
    recorded = Recorded(FakeNvml(nvmlDeviceGetTotalEnergyConsumption=[1, 2, 3, 4, 5, 6, 7]))
    passes.energy_pass(recorded.bench, 0.1)
    assert "energy_source" not in recorded.fields()
