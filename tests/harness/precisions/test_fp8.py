"""fitment.harness.precisions.fp8: e4m3 where tensor cores multiply it, refused elsewhere.

Torch widens e4m3 on a CPU: not a result, but enough to hold the layer's arithmetic against fp32.
"""

from __future__ import annotations

import pytest
import torch
from fitment.harness.errors import UnsupportedError
from fitment.harness.executors.process import run
from fitment.harness.models.loaded import invoke
from fitment.harness.precisions import fp8
from fitment.harness.precisions.fp8 import Fp8Linear
from torch import nn

from tests.harness.jobs import make_job

needs_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no CUDA device")


def test_a_cpu_is_refused_although_torch_would_run_it() -> None:
    """The product is there, and is an up-cast."""
    ones = torch.ones(16, 16).to(fp8.E4M3)
    assert torch._scaled_mm(ones, ones.t(), torch.ones(()), torch.ones(())).shape == (16, 16)
    reason = str(fp8.unsupported("cpu"))
    assert "compute capability 8.9 or newer, not a CPU" in reason
    assert "widens e4m3" in reason


def test_an_older_gpu_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ampere has no fp8."""
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda: (8, 6))
    assert str(fp8.unsupported("cuda")).endswith("this one's is 8.6")


def test_weights_are_e4m3_and_the_rest_is_bf16() -> None:
    """One byte a weight; scales stay in fp32; nothing is kept beside."""
    module = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 64), nn.LayerNorm(64))
    before = sum(p.nbytes for p in module.parameters())
    prepared = fp8.prepare(module, (torch.randn(2, 64),), "cpu")
    held = {**dict(prepared.module.named_parameters()), **dict(prepared.module.named_buffers())}
    assert {held[name].dtype for name in ("0.weight", "2.weight")} == {torch.float8_e4m3fn}
    assert {held[name].dtype for name in ("0.scale", "2.scale")} == {torch.float32}
    assert {held[name].dtype for name in ("0.bias", "3.weight", "3.bias")} == {torch.bfloat16}
    assert sum(tensor.nbytes for tensor in held.values()) < 0.3 * before
    assert not prepared.trainable


@pytest.mark.parametrize("size", [1e-30, 1e-3, 1.0, 1e4])
def test_values_of_any_size_lose_four_bits_and_no_range(size: float) -> None:
    """The scale is of the tensor's largest element; zeros stay zeros."""
    torch.manual_seed(0)
    tensor = torch.randn(64, 64, dtype=torch.bfloat16) * size
    values, scale = fp8.scaled(tensor)
    assert values.dtype == torch.float8_e4m3fn
    error = float((values.float() * scale - tensor.float()).norm() / tensor.float().norm())
    assert error < 0.05 or size < 1e-12  # what is smaller is nothing to a network, and becomes zero
    assert bool(torch.isfinite(values.float()).all())
    zeros, scale = fp8.scaled(torch.zeros(4))
    assert not zeros.float().any()
    assert float(scale) > 0


def test_nan_stays_nan() -> None:
    """A broken model is not mended on the way."""
    values, _ = fp8.scaled(torch.tensor([1.0, float("nan")]))
    assert bool(values.float().isnan().any())


@pytest.mark.parametrize("shape", [(48,), (3, 48), (2, 3, 48)])
def test_a_layer_gives_what_fp32_gives_within_its_tolerance(shape: tuple[int, ...]) -> None:
    """For inputs of any number of dimensions."""
    torch.manual_seed(0)
    layer = nn.Linear(48, 32).requires_grad_(False)
    inputs = torch.randn(shape)
    expected = layer(inputs)
    found = Fp8Linear(layer.bfloat16())(inputs.bfloat16()).float()
    assert found.shape == expected.shape
    assert 1e-3 < float((found - expected).norm() / expected.norm()) < fp8.TOLERANCE


def test_a_layer_that_the_kernel_does_not_take_stays_in_bf16() -> None:
    """It does not count either: with too many of them the model is refused."""
    inputs = (torch.randn(2, 32),)
    module = nn.Sequential(nn.Linear(32, 64), nn.Linear(64, 10))
    prepared = fp8.prepare(module, inputs, "cpu")
    assert [type(layer) for layer in module] == [Fp8Linear, nn.Linear]
    assert invoke(prepared.module, prepared.inputs).dtype == torch.bfloat16
    with pytest.raises(UnsupportedError, match="multiples of 16 only: 0% of this model's") as caught:
        fp8.prepare(nn.Linear(32, 10), inputs, "cpu")
    assert caught.value.axis == "op"


@pytest.mark.cuda
@needs_gpu
def test_on_a_gpu_it_measures() -> None:
    """A GPU with fp8 tensor cores gives an error that tells e4m3 from bf16."""
    if reason := fp8.unsupported("cuda"):
        pytest.skip(reason)
    found = run(make_job("mlp-784-512-512-10", device="cuda:0", batch=16, precision="fp8")).measurement
    assert found.status == "ok", found.detail
    assert found.relative_l2 is not None
    assert 1e-2 < found.relative_l2 < fp8.TOLERANCE
