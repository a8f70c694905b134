"""fitment.harness.devices.cuda: the GPUs that torch can see, or none."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from fitment.harness.devices import cuda

needs_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device is visible to torch")


@pytest.mark.parametrize(
    ("name", "memory", "expected"),
    [
        ("NVIDIA GeForce RTX 4090", 25_390_809_088, "NVIDIA GeForce RTX 4090, 24 GiB"),
        ("NVIDIA GeForce RTX 3090", 24 * 2**30, "NVIDIA GeForce RTX 3090, 24 GiB"),
        ("NVIDIA H100 80GB HBM3", 84_929_347_584, "NVIDIA H100 80GB HBM3, 80 GiB"),
        ("NVIDIA H200", 150_110_011_392, "NVIDIA H200, 140 GiB"),
        ("NVIDIA A100-SXM4-40GB MIG 1g.5gb", 5_100_273_664, "NVIDIA A100-SXM4-40GB, 5 GiB, MIG 1g.5gb"),
        ("NVIDIA H200 MIG 1g.18gb+me", 17_179_869_184, "NVIDIA H200, 16 GiB, MIG 1g.18gb+me"),
        ("NVIDIA H200 MIG 1c.3g.71gb", 74_088_185_856, "NVIDIA H200, 69 GiB, MIG 1c.3g.71gb"),
    ],
)
def test_the_class_is_the_name_with_its_memory_rounded_up(name: str, memory: int, expected: str) -> None:
    """Driver-reserved memory doesn't make another class of the same card; a MIG slice does."""
    assert cuda.hardware_class(name, memory) == expected


def test_none_visible_is_no_error() -> None:
    """With every GPU hidden, nothing is found and nothing is said."""
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": ""}
    code = "from fitment.harness.devices import cuda; print(cuda.find())"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert (child.returncode, child.stdout.strip(), child.stderr) == (0, "()", "")


def test_torch_without_cuda() -> None:
    """A torch that was built for the CPU finds nothing and says nothing."""
    code = (
        "import torch; torch._C.__dict__.pop('_cuda_getDeviceCount', None)\n"
        "from fitment.harness.devices import cuda; print(cuda.find())"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (child.returncode, child.stdout.strip(), child.stderr) == (0, "()", "")


def properties(uuid: str, name: str = "NVIDIA L4") -> SimpleNamespace:
    """What torch says of a GPU."""
    return SimpleNamespace(name=name, total_memory=22 * 2**30, uuid=uuid)


def torch_sees(monkeypatch: pytest.MonkeyPatch, **gpus: Any) -> None:
    """Has torch count GPUs, each with its properties or the error that asking for them raises."""

    def answer(name: str) -> Any:
        found = gpus[name.replace(":", "")]
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: len(gpus))
    monkeypatch.setattr(torch.cuda, "get_device_properties", answer)
    monkeypatch.setattr(torch.cuda, "synchronize", lambda name: None)
    monkeypatch.setitem(sys.modules, "pynvml", None)


def test_F39_each_gpu_by_its_uuid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Torch's order and names, NVML's spelling of the UUID."""
    torch_sees(monkeypatch, cuda0=properties("b-1"), cuda1=properties("a-2"))
    assert [(found.name, found.uuid) for found in cuda.find()] == [
        ("cuda:0", "GPU-b-1"),
        ("cuda:1", "GPU-a-2"),
    ]


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("CUDA unknown error\nCompile with ..."),
        AssertionError("Invalid device id"),
        torch.cuda.DeferredCudaCallError("CUDA call failed lazily"),
    ],
)
def test_F38_gpu_that_fails_leaves_the_others(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A GPU whose driver fails is left out with one line of why, and the rest is found."""
    torch_sees(monkeypatch, cuda0=error, cuda1=properties("a-2"))
    assert [found.name for found in cuda.find()] == ["cuda:1"]
    assert capsys.readouterr().err == f"cuda:0 can't be used: {str(error).splitlines()[0]}\n"


def test_F40_gpu_that_another_process_has_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A GPU that can be described and not used is no device of this machine now."""

    def synchronise(name: str) -> None:
        if name == "cuda:1":
            raise torch.AcceleratorError("CUDA error: CUDA-capable device(s) is/are busy or unavailable")

    torch_sees(monkeypatch, cuda0=properties("b-1"), cuda1=properties("a-2"))
    monkeypatch.setattr(torch.cuda, "synchronize", synchronise)
    assert [found.name for found in cuda.find()] == ["cuda:0"]
    assert "cuda:1 can't be used: CUDA error" in capsys.readouterr().err


def test_F39_slice_that_cannot_be_told_has_no_uuid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without NVML nobody knows which slice it is: its profile is known, its UUID is not."""
    torch_sees(monkeypatch, cuda0=properties("a-1", "NVIDIA H200 MIG 1g.18gb"))
    (found,) = cuda.find()
    assert (found.uuid, found.mig_profile) == (None, "1g.18gb")


@pytest.mark.cuda
@needs_gpu
def test_each_visible_gpu_is_found() -> None:
    """In torch's order, each with its class, memory and UUID, and with memory to give."""
    found = cuda.find()
    assert [device.name for device in found] == [f"cuda:{i}" for i in range(torch.cuda.device_count())]
    for device in found:
        assert device.kind == "cuda"
        assert device.hardware.endswith(" GiB") or device.mig_profile
        assert device.uuid is None or device.uuid.startswith("MIG-" if device.mig_profile else "GPU-")
        assert device.memory_bytes
        cuda.synchronise(device.name)
        cuda.empty_cache(device.name)
        assert 0 < (cuda.free_memory_bytes(device.name) or 0) <= device.memory_bytes
