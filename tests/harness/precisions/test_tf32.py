"""fitment.harness.precisions.tf32: NVIDIA's own format, where a GPU has it."""

from __future__ import annotations

import pytest
import torch
from fitment.harness.executors.process import run
from fitment.harness.precisions import fp8, tf32

from tests.harness.jobs import make_job

needs_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no CUDA device")


def test_a_cpu_has_no_tf32() -> None:
    """The reason names what is needed and what is there."""
    assert tf32.unsupported("cpu") == "TF32 needs an NVIDIA GPU of compute capability 8.0 or newer, not a CPU"


@pytest.mark.parametrize(("capability", "lacking"), [((7, 5), True), ((8, 0), False), ((12, 0), False)])
def test_ampere_brought_it(
    capability: tuple[int, int], lacking: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older GPU is told its own generation."""
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda: capability)
    reason = tf32.unsupported("cuda")
    assert (reason is not None) == lacking
    assert reason is None or reason.endswith("this one's is 7.5")


def test_amds_gpus_have_another_format(monkeypatch: pytest.MonkeyPatch) -> None:
    """Torch calls them cuda, too; their generations are numbered otherwise."""
    monkeypatch.setattr(torch.version, "hip", "6.4")
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda: (9, 4))
    assert "not AMD's" in str(tf32.unsupported("cuda"))
    assert "not AMD's" in str(fp8.unsupported("cuda"))


@pytest.mark.cuda
@needs_gpu
def test_on_a_gpu_it_is_less_exact_than_fp32_and_within_its_tolerance() -> None:
    """TF32 is what ran: the error is far above that of fp32, and a cell of fp32 after it has none."""
    if reason := tf32.unsupported("cuda"):
        pytest.skip(reason)
    found = run(make_job("resnet18", device="cuda:0", batch=4, precision="tf32")).measurement
    assert found.status == "ok", found.detail
    assert found.relative_l2 is not None
    assert 1e-5 < found.relative_l2 < 0.1
