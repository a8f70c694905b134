from __future__ import annotations

import pytest
import torch
from fitment.harness.calibration import triad as triads
from fitment.harness.calibration.triad import LEAST_BYTES, buffer_bytes, triad
from fitment.harness.devices import cpu


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.int8])
def test_a_triad_is_a_sum_and_a_product(dtype: torch.dtype) -> None:
    """a = b + s · c, with ones in b and c, over all of the buffer."""
    out = triad(dtype, 4096, "cpu")()
    assert isinstance(out, torch.Tensor)
    assert out.numel() * out.element_size() == 4096
    assert (out == 4).all()


def test_no_cache_holds_a_buffer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times the last-level cache each, and never less than 256 MiB."""
    monkeypatch.setattr(cpu, "free_memory_bytes", lambda device: 2**40)
    monkeypatch.setattr(triads, "last_level_cache_bytes", lambda device: 100 * 2**20)
    assert buffer_bytes("cpu") == (400 * 2**20, None)
    monkeypatch.setattr(triads, "last_level_cache_bytes", lambda device: 0)
    assert buffer_bytes("cpu") == (LEAST_BYTES, None)


def test_little_memory_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where memory is short the buffers are smaller, and the figure comes with a warning."""
    monkeypatch.setattr(cpu, "free_memory_bytes", lambda device: 2**28)
    size, warning = buffer_bytes("cpu")
    assert size == 2**25
    assert warning is not None
    assert "too little memory" in warning


def test_a_kernel_that_says_nothing_of_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unknown is not zero: the buffers are as large as they should be."""
    monkeypatch.setattr(cpu, "free_memory_bytes", lambda device: None)
    assert buffer_bytes("cpu")[0] >= LEAST_BYTES
