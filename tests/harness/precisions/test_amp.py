"""fitment.harness.precisions.amp_bf16 and amp_fp16: fp32 weights, 16-bit products, a scaled loss."""

from __future__ import annotations

import pytest
import torch
from fitment.harness import names
from fitment.harness.executors.process import run
from fitment.harness.precisions import amp_bf16, amp_fp16, bf16, fp16
from fitment.harness.precisions.prepared import Prepared
from fitment.harness.scenarios import forward, train_step
from torch import Tensor, nn

from tests.harness.jobs import make_job

DTYPES = {"amp_bf16": torch.bfloat16, "amp_fp16": torch.float16}
needs_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no CUDA device")


class Spy(nn.Module):
    """A linear layer, then a normalisation; keeps the type of what each gave."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(16, 16)
        self.seen: list[torch.dtype] = []

    def forward(self, inputs: Tensor) -> Tensor:
        product = self.linear(inputs)
        normal = nn.functional.softmax(product.float(), -1)
        self.seen += [product.dtype, normal.dtype]
        return product


def prepared(name: str, module: nn.Module) -> Prepared:
    """The module in that precision; CPUs without fast kernels for it run it all the same."""
    found: Prepared = names.load("precisions", name).prepare(module, (torch.randn(2, 16),), "cpu")
    return found


@pytest.mark.parametrize("name", DTYPES)
@pytest.mark.parametrize("scenario", [forward, train_step])
def test_products_run_in_sixteen_bits_and_weights_stay_in_fp32(name: str, scenario: object) -> None:
    """Also in a training step, whose gradients are fp32 too."""
    spy = Spy()
    ready = prepared(name, spy)
    scenario.make_step(ready, ready.module)()  # type: ignore[attr-defined]
    assert spy.seen == [DTYPES[name], torch.float32]
    held = [*spy.parameters(), *(p.grad for p in spy.parameters() if p.grad is not None)]
    assert {tensor.dtype for tensor in held} == {torch.float32}
    assert {tensor.dtype for tensor in ready.inputs} == {torch.float32}  # type: ignore[union-attr]


def test_only_fp16_scales_its_loss() -> None:
    """bf16 has the range of fp32."""
    assert prepared("amp_bf16", Spy()).scaler is None
    assert prepared("amp_fp16", Spy()).scaler is not None


@pytest.mark.parametrize("is_scaled", [True, False])
def test_a_gradient_too_small_for_fp16_trains_because_of_the_scale(is_scaled: bool) -> None:
    """Backward, the scale lifts it above what fp16 can hold; the update takes the scale out again."""
    torch.manual_seed(0)
    ready = prepared("amp_fp16", Spy())
    weight = next(ready.module.parameters())
    before = weight.detach().clone()
    with ready.context():
        tiny = (ready.module(*ready.inputs).float() * 1e-9).sum()
    optimiser = torch.optim.SGD([weight], lr=1e6)
    train_step.update(tiny, optimiser, ready.scaler if is_scaled else None)
    moved = float((weight.detach() - before).abs().max())
    assert 0 < moved < 0.1 if is_scaled else moved == 0


def test_a_gradient_that_overflows_changes_nothing_but_the_scale() -> None:
    """The step is skipped and the scale is halved, as in any such training."""
    ready = prepared("amp_fp16", Spy())
    weight = next(ready.module.parameters())
    before = weight.detach().clone()
    assert ready.scaler is not None
    scale = ready.scaler.get_scale()
    with ready.context():
        huge = ready.module(*ready.inputs).float().sum() * 1e6
    train_step.update(huge, torch.optim.SGD([weight], lr=1.0), ready.scaler)
    assert torch.equal(weight.detach(), before)
    assert ready.scaler.get_scale() == scale / 2


@pytest.mark.parametrize(("name", "plain"), [("amp_bf16", bf16), ("amp_fp16", fp16)])
def test_it_is_there_where_the_products_are(
    name: str, plain: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A CPU whose library has no kernels of that kind gives the same reason as without autocast."""
    for answer in (True, False):
        kind = name.removeprefix("amp_")
        monkeypatch.setattr(torch.ops.mkldnn, f"_is_mkldnn_{kind}_supported", lambda answer=answer: answer)
        reason = names.load("precisions", name).unsupported("cpu")
        assert reason == plain.unsupported("cpu")  # type: ignore[attr-defined]
        assert (reason is None) == answer


@pytest.mark.cuda
@needs_gpu
@pytest.mark.parametrize("precision", [amp_bf16, amp_fp16])
@pytest.mark.parametrize("scenario", ["forward", "train_step"])
def test_on_a_gpu_it_measures(precision: object, scenario: str) -> None:
    """Both scenarios end ok, with an error that tells 16-bit products from fp32's."""
    if reason := precision.unsupported("cuda"):  # type: ignore[attr-defined]
        pytest.skip(reason)
    name = precision.__name__.rpartition(".")[2]  # type: ignore[attr-defined]
    found = run(make_job("resnet18", device="cuda:0", batch=4, precision=name, scenario=scenario)).measurement
    assert found.status == "ok", found.detail
    assert found.relative_l2 is not None
    assert 1e-5 < found.relative_l2 < 0.1
