"""fitment.harness.precisions: what every number format holds to."""

from __future__ import annotations

import pytest
import torch
from fitment.harness import names
from fitment.harness.models import zoo
from fitment.harness.models.loaded import tensors
from fitment.harness.models.outputs import first_tensor
from fitment.harness.precisions import fp32
from fitment.harness.scenarios import forward
from torch import nn

DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}
MODELS = {"mlp-784-512-512-10": "784", "all-MiniLM-L6-v2": "8"}


def supported_here(name: str) -> None:
    """Skips where this CPU has no arithmetic of that kind."""
    reason = names.load("precisions", name).unsupported("cpu")
    if reason is not None:
        pytest.skip(reason)


def output(precision: str, model: str) -> torch.Tensor:
    """What the model of seed 0 gives in that precision."""
    loaded = zoo.load(model, input_shape=MODELS[model], seed=0)
    prepared = names.load("precisions", precision).prepare(loaded.module, loaded.inputs, "cpu")
    return first_tensor(forward.make_step(prepared, prepared.module)()).clone()


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("precision", ["bf16", "int8_dynamic", "fp32"])
def test_the_output_lies_within_the_tolerance_of_fp32(precision: str, model: str) -> None:
    """Relative L2 below the file's own tolerance, and not zero where precision was given up."""
    supported_here(precision)
    reference, found = output("fp32", model), output(precision, model).float()
    error = float((found - reference).norm() / reference.norm())
    assert error < names.load("precisions", precision).TOLERANCE
    assert (error > 0) == (precision != "fp32")


@pytest.mark.parametrize("precision", DTYPES)
def test_weights_and_float_inputs_have_the_type_that_is_sold(precision: str) -> None:
    """Every parameter, buffer and float input is of the precision's type; integers stay integers."""

    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.norm = nn.BatchNorm1d(4)

        def forward(self, x: torch.Tensor, index: torch.Tensor) -> torch.Tensor:
            return self.norm(x)[index]  # type: ignore[no-any-return]

    inputs = (torch.randn(2, 4), torch.zeros(2, dtype=torch.int64))
    prepared = names.load("precisions", precision).prepare(Net(), inputs, "cpu")
    held = [*prepared.module.parameters(), *prepared.module.buffers(), *tensors(prepared.inputs)]
    floats = {tensor.dtype for tensor in held if tensor.is_floating_point()}
    assert floats == {DTYPES[precision]}
    assert tensors(prepared.inputs)[1].dtype == torch.int64


@pytest.mark.parametrize("precision", ["bf16", "fp16"])
def test_sixteen_bits_halve_the_weights(precision: str) -> None:
    """The fp32 weights are gone, not kept beside the cast ones."""
    module = nn.Linear(8, 8)
    before = sum(p.nbytes for p in module.parameters())
    prepared = names.load("precisions", precision).prepare(module, (torch.randn(1, 8),), "cpu")
    assert prepared.module is module
    assert sum(p.nbytes for p in module.parameters()) == before / 2


@pytest.mark.parametrize("name", ["bf16", "fp16"])
def test_a_cpu_without_kernels_says_so(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The capability is oneDNN's own answer; without it the reason is one line, and nothing is widened."""
    module = names.load("precisions", name)
    for answer in (True, False):
        monkeypatch.setattr(torch.ops.mkldnn, f"_is_mkldnn_{name}_supported", lambda answer=answer: answer)
        reason = module.unsupported("cpu")
        assert (reason is None) == answer
    assert name in reason
    monkeypatch.setattr(torch.backends.mkldnn, "is_available", lambda: False)
    assert "oneDNN" in module.unsupported("cpu")


def test_fp32_is_supported_everywhere() -> None:
    """No device lacks it."""
    assert fp32.unsupported("cpu") is None
    assert fp32.unsupported("cuda") is None


def test_fp32_turns_off_what_the_user_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a model's module allowed before, products are IEEE fp32's afterwards."""
    torch.set_float32_matmul_precision("medium")
    torch.backends.cudnn.allow_tf32 = True
    fp32.prepare(nn.Linear(2, 2), (torch.randn(1, 2),), "cpu")
    assert torch.get_float32_matmul_precision() == "highest"
    assert not torch.backends.cuda.matmul.allow_tf32
    assert not torch.backends.cudnn.allow_tf32
