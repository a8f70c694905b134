"""fitment.harness.precisions.int8_weight_only: weights of 8 bits, read by torch's own kernel."""

from __future__ import annotations

import pytest
import torch
from fitment.harness.errors import UnsupportedError
from fitment.harness.executors.process import run
from fitment.harness.models.loaded import invoke
from fitment.harness.precisions import int8_weight_only
from fitment.harness.precisions.int8_weight_only import Int8Linear
from torch import nn

from tests.harness.jobs import make_job

needs_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no CUDA device")


@pytest.fixture(autouse=True)
def supported_here() -> None:
    """Skips where this CPU has no arithmetic of that kind."""
    if reason := int8_weight_only.unsupported("cpu"):
        pytest.skip(reason)


def test_weights_are_int8_and_the_rest_is_bf16() -> None:
    """One byte a weight, two a scale and a bias: under 0.3 of what fp32 takes; nothing is kept beside."""
    module = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 64), nn.LayerNorm(64))
    before = sum(p.nbytes for p in module.parameters())
    prepared = int8_weight_only.prepare(module, (torch.randn(2, 64),), "cpu")
    held = {**dict(prepared.module.named_parameters()), **dict(prepared.module.named_buffers())}
    assert {name for name, tensor in held.items() if tensor.dtype == torch.int8} == {"0.weight", "2.weight"}
    assert {t.dtype for t in held.values() if t.is_floating_point()} == {torch.bfloat16}
    assert sum(tensor.nbytes for tensor in held.values()) < 0.3 * before
    assert not prepared.trainable


def test_the_product_is_torchs_kernel_for_int8_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """The weights reach the kernel as they are stored, the activations as bf16."""
    kernel, seen = torch._weight_int8pack_mm, []

    def spy(rows: torch.Tensor, weight: torch.Tensor, scales: torch.Tensor) -> torch.Tensor:
        seen.append((rows.dtype, weight.dtype, scales.dtype))
        return kernel(rows, weight, scales)

    monkeypatch.setattr(torch, "_weight_int8pack_mm", spy)
    prepared = int8_weight_only.prepare(nn.Linear(32, 8), (torch.randn(2, 32),), "cpu")
    assert invoke(prepared.module, prepared.inputs).shape == (2, 8)
    assert seen == [(torch.bfloat16, torch.int8, torch.bfloat16)]


def test_a_layer_is_as_exact_as_its_weights_scale() -> None:
    """Each weight lies within half a step of its row's scale; a row of zeros stays zero."""
    torch.manual_seed(0)
    layer = nn.Linear(48, 24)
    with torch.no_grad():
        layer.weight[3] = 0
        layer.weight[4] *= 1000
    made = Int8Linear(layer)
    again = made.weight * made.scales.float()[:, None]
    assert bool(((again - layer.weight).abs() <= 0.51 * made.scales.float()[:, None]).all())
    assert not again[3].any()


@pytest.mark.parametrize("shape", [(48,), (3, 48), (2, 3, 48), (0, 48)])
def test_inputs_of_any_number_of_dimensions_are_taken(shape: tuple[int, ...]) -> None:
    """As by the layer that it replaces: the last one is the features."""
    layer = nn.Linear(48, 24)
    made = Int8Linear(layer).to(torch.bfloat16)
    inputs = torch.randn(shape)
    found, expected = made(inputs.bfloat16()).float(), layer(inputs)
    assert found.shape == expected.shape
    assert torch.allclose(found, expected, atol=0.05)


def test_inputs_that_begin_in_the_middle_of_a_tensor_are_taken() -> None:
    """The kernel's aligned loads would end the process there."""
    made = Int8Linear(nn.Linear(16, 8)).to(torch.bfloat16)
    whole = torch.randn(33).bfloat16()
    for offset in range(1, 17):
        inputs = whole[offset : offset + 16]
        assert torch.equal(made(inputs), made(inputs.clone()))
    turned = torch.randn(16, 5).bfloat16().t()
    assert torch.equal(made(turned), made(turned.contiguous()))


def test_a_layer_that_the_kernel_would_read_past_stays_in_bf16() -> None:
    """It does not count either: with too many of them the model is refused."""
    inputs = (torch.randn(2, 32),)
    module = nn.Sequential(nn.Linear(32, 60), nn.Linear(60, 10))
    prepared = int8_weight_only.prepare(module, inputs, "cpu")
    assert [type(layer) for layer in module] == [Int8Linear, nn.Linear]
    assert invoke(prepared.module, prepared.inputs).dtype == torch.bfloat16
    odd = nn.Sequential(nn.Linear(32, 8), nn.Linear(8, 100), nn.Linear(100, 10))
    with pytest.raises(UnsupportedError, match="features only: 12% of this model's") as caught:
        int8_weight_only.prepare(odd, inputs, "cpu")
    assert caught.value.axis == "op"


def test_a_layer_in_two_places_is_made_once() -> None:
    """Shared weights stay shared."""
    layer = nn.Linear(16, 16)
    prepared = int8_weight_only.prepare(nn.Sequential(layer, nn.ReLU(), layer), (torch.ones(1, 16),), "cpu")
    first, _, last = prepared.module
    assert first is last


def test_torchs_own_transformer_layer_takes_it() -> None:
    """Its fused path, which would read the weights past the layer, is off."""
    torch.manual_seed(0)
    module = nn.TransformerEncoderLayer(16, 2, 64, batch_first=True).eval()
    inputs = (torch.randn(2, 4, 16),)
    with torch.inference_mode():
        expected = module(*inputs)
        prepared = int8_weight_only.prepare(module, inputs, "cpu")
        found = prepared.module(*prepared.inputs).float()
    assert float((found - expected).norm() / expected.norm()) < int8_weight_only.TOLERANCE


def test_a_device_whose_product_fails_or_is_wrong_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The probe runs the operation itself."""

    def absent(*operands: torch.Tensor) -> torch.Tensor:
        raise NotImplementedError("Could not run 'aten::_weight_int8pack_mm'\nwith arguments")

    monkeypatch.setattr(torch, "_weight_int8pack_mm", absent)
    assert str(int8_weight_only.unsupported("cpu")).endswith("Could not run 'aten::_weight_int8pack_mm'")
    monkeypatch.setattr(torch, "_weight_int8pack_mm", lambda *operands: torch.zeros(16, 16))
    assert "is wrong" in str(int8_weight_only.unsupported("cpu"))
    monkeypatch.setattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", lambda: False)
    assert "keeps activations in bf16: oneDNN" in str(int8_weight_only.unsupported("cpu"))


@pytest.mark.cuda
@needs_gpu
def test_on_a_gpu_it_measures() -> None:
    """Where torch has the kernel for GPUs, the cell ends ok; the fp32 weights are gone from its memory."""
    if reason := int8_weight_only.unsupported("cuda"):
        pytest.skip(reason)
    job = make_job("mlp-784-512-512-10", device="cuda:0", batch=16, precision="int8_weight_only")
    found = run(job).measurement
    assert found.status == "ok", found.detail
    assert found.relative_l2 is not None
    assert 1e-4 < found.relative_l2 < int8_weight_only.TOLERANCE
