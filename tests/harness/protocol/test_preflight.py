"""fitment.harness.protocol.preflight: a GPU is looked at before CUDA, and is the one that was asked for."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from fitment.harness.channel import Sender, receive
from fitment.harness.errors import RefusedError
from fitment.harness.executors.process import run
from fitment.harness.job import Job
from fitment.harness.protocol.draft import Draft
from fitment.harness.protocol.preflight import Before, preflight

from tests.harness.jobs import make_job
from tests.harness.meters.fake_nvml import MIG_UUID, OTHER_UUID, UUID, FakeNvml, memory, process


@pytest.fixture
def a_gpu(monkeypatch: pytest.MonkeyPatch) -> FakeNvml:
    """A machine with one GPU, on which CUDA's context takes 500 bytes and a place among the processes."""
    state: dict[str, Any] = {"nvmlDeviceGetMemoryInfo": memory(100, 10_000)}
    state["nvmlDeviceGetComputeRunningProcesses"] = [process(77, 100)]
    library = FakeNvml(gpus={OTHER_UUID: {}, UUID: state})

    def context(*device: object) -> None:
        state["nvmlDeviceGetMemoryInfo"] = memory(600, 10_000)
        state["nvmlDeviceGetComputeRunningProcesses"] = [process(77, 100), process(os.getpid(), 500)]

    def properties(name: str) -> SimpleNamespace:
        return SimpleNamespace(name="NVIDIA L4", total_memory=10_000, uuid=UUID.removeprefix("GPU-"))

    def free(device: str) -> tuple[int, int]:
        context()
        return 9_400, 10_000

    monkeypatch.setitem(sys.modules, "pynvml", library)
    monkeypatch.setattr(torch.version, "cuda", "13.0")
    monkeypatch.setattr(torch.cuda, "init", context)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    monkeypatch.setattr(torch.cuda, "get_device_properties", properties)
    monkeypatch.setattr(torch.cuda, "set_device", context)
    monkeypatch.setattr(torch.cuda, "mem_get_info", free)
    return library


def looked_at(job: Job) -> tuple[Before, dict[str, Any]]:
    """What preflight returns, and what it notes."""
    read_end, write_end = os.pipe()
    draft = Draft(Sender(write_end, "n"))
    before = preflight(job, draft)
    draft.send()
    os.close(write_end)
    with open(read_end, "rb") as file:
        body = receive(file.read(), "n").body
    assert body is not None
    return before, dict(body)


@pytest.mark.usefixtures("a_gpu")
def test_baseline_is_from_before_cudas_context() -> None:
    """What is in use, and by whom, is read before our own context is part of it."""
    before, noted = looked_at(replace(make_job(device="cuda:0"), device_uuid=UUID))
    assert before.state is not None
    assert (before.used_bytes, before.state.process_ids) == (100, frozenset({77}))
    assert before.gpu is not None
    assert before.gpu.used_bytes() == 600
    assert noted["free_memory_bytes"] == 9_400
    assert noted["flags"] == ""


@pytest.mark.usefixtures("a_gpu")
@pytest.mark.parametrize(("uuid", "profile"), [(None, None), (None, "1g.5gb")])
def test_F38_gpu_that_nvml_cannot_tell_is_flagged(uuid: str | None, profile: str | None) -> None:
    """The cell runs without NVML's figures, and says so."""
    job = replace(make_job(device="cuda:0"), device_uuid=uuid, mig_profile=profile)
    before, noted = looked_at(job)
    assert (before.gpu, before.state, before.used_bytes) == (None, None, None)
    assert noted["flags"] == "no_nvml"


@pytest.mark.usefixtures("a_gpu")
@pytest.mark.parametrize("uuid", [OTHER_UUID, MIG_UUID])
def test_F39_another_gpu_than_the_plans_is_refused(uuid: str) -> None:
    """An index that stands for another GPU by now measures nothing under the wrong name."""
    with pytest.raises(RefusedError, match=f"cuda:0 is {UUID} by now, not {uuid}") as raised:
        looked_at(replace(make_job(device="cuda:0"), device_uuid=uuid))
    assert raised.value.status == "device_fault"


def test_processor_needs_no_nvml(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell on the CPU never asks for a GPU."""
    monkeypatch.setitem(sys.modules, "pynvml", None)
    before, noted = looked_at(make_job())
    assert (before.gpu, before.state) == (None, None)
    assert noted["flags"] == ""
    assert noted["free_memory_bytes"] > 0


@pytest.mark.skipif(torch.cuda.is_available(), reason="a GPU is here: see the test that needs one")
def test_F42_a_gpu_without_cuda_is_an_unsupported_device() -> None:
    """Neither a torch built without CUDA nor a machine without its driver is the model's or our mistake."""
    found = run(make_job(device="cuda:0")).measurement
    assert (found.status, found.stage) == ("unsupported_device", "preflight"), found.detail
    assert found.detail


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="torch sees no CUDA device here")
def test_F39_a_gpu_that_this_process_does_not_see_is_an_unsupported_device() -> None:
    """An index beyond those visible is refused with those that are."""
    found = run(make_job(device="cuda:99")).measurement
    assert (found.status, found.stage) == ("unsupported_device", "preflight"), found.detail
    assert "this process sees cuda:0" in (found.detail or "")
