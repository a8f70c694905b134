"""fitment.harness.devices.cuda: the GPUs that torch can see, or none."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import torch
from fitment.harness.devices import cuda

needs_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device is visible to torch")


@pytest.mark.parametrize(
    ("name", "memory", "expected"),
    [
        ("NVIDIA GeForce RTX 4090", 25_390_809_088, "NVIDIA GeForce RTX 4090, 24 GiB"),
        ("NVIDIA GeForce RTX 3090", 24 * 2**30, "NVIDIA GeForce RTX 3090, 24 GiB"),
        ("NVIDIA A100-SXM4-40GB MIG 1g.5gb", 5_100_273_664, "NVIDIA A100-SXM4-40GB, 5 GiB, MIG 1g.5gb"),
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


@pytest.mark.cuda
@needs_gpu
def test_each_visible_gpu_is_found() -> None:
    """In torch's order, each with its class, memory and UUID, and with memory to give."""
    found = cuda.find()
    assert [device.name for device in found] == [f"cuda:{i}" for i in range(torch.cuda.device_count())]
    for device in found:
        assert device.kind == "cuda"
        assert device.hardware.endswith(" GiB") or device.mig_profile
        assert device.uuid
        assert device.memory_bytes
        cuda.synchronise(device.name)
        cuda.empty_cache(device.name)
        assert 0 < (cuda.free_memory_bytes(device.name) or 0) <= device.memory_bytes
