"""fitment.harness.scenarios.train_step: forward, loss, backward, update."""

from __future__ import annotations

import pytest
import torch
from fitment.harness import names
from fitment.harness.errors import ModelError, UnsupportedError
from fitment.harness.models import zoo
from fitment.harness.models.loaded import batched
from fitment.harness.models.weights import weights_hash
from fitment.harness.precisions import fp32, int8_dynamic
from fitment.harness.precisions.prepared import Prepared
from fitment.harness.scenarios import train_step
from torch import nn
from torch.nn.functional import cross_entropy


def prepared(module: nn.Module, *shape: int) -> Prepared:
    """The module in fp32 with normal inputs of that shape."""
    torch.manual_seed(0)
    return fp32.prepare(module, (torch.randn(*shape),), "cpu")


@pytest.mark.parametrize(
    ("name", "shape"), [("mlp-784-512-512-10", "784"), ("resnet18", "3x32x32"), ("all-MiniLM-L6-v2", "8")]
)
def test_each_step_changes_the_weights_and_returns_the_output(name: str, shape: str) -> None:
    """Models of the zoo train, in train mode, whatever their output looks like."""
    loaded = zoo.load(name, input_shape=shape, seed=0)
    ready = fp32.prepare(loaded.module, batched(loaded.inputs, 4), "cpu")
    before = weights_hash(ready.module)
    step = train_step.make_step(ready, ready.module)
    assert ready.module.training
    output = step()
    after = weights_hash(ready.module)
    assert len(output) == 4
    assert not output.requires_grad
    assert before != after
    step()
    assert weights_hash(ready.module) != after


def test_a_step_is_plain_gradient_descent_on_the_loss() -> None:
    """The change of the weights is the learning rate times the gradient, each time anew."""
    torch.manual_seed(0)
    module = nn.Linear(4, 3)
    ready = prepared(module, 5, 4)
    assert isinstance(ready.inputs, tuple)
    step = train_step.make_step(ready, module)
    for _ in range(2):
        weight = module.weight.detach().clone()
        (gradient,) = torch.autograd.grad(
            cross_entropy(module(ready.inputs[0]), torch.tensor([0, 1, 2, 0, 1])), module.weight
        )
        step()
        torch.testing.assert_close(module.weight.detach(), weight - train_step.LEARNING_RATE * gradient)


def test_the_loss_of_a_sequence_is_over_every_position() -> None:
    """Logits of more dimensions are classified by their last one."""
    logits = torch.randn(2, 3, 5)
    labels = torch.tensor([0, 1, 2, 3, 4, 0])
    torch.testing.assert_close(train_step.loss(logits), cross_entropy(logits.reshape(6, 5), labels))


@pytest.mark.parametrize("shape", [(4,), (4, 1), ()])
def test_the_loss_of_an_output_without_classes_is_its_mean_square(shape: tuple[int, ...]) -> None:
    """Regression outputs and scalars train too."""
    output = torch.full(shape, 3.0)
    assert train_step.loss(output).item() == 9.0


def test_a_precision_without_a_backward_pass_is_refused() -> None:
    """Quantised layers have none: nothing is trained beside them instead."""
    loaded = zoo.load("mlp-784-512-512-10", input_shape="784", seed=0)
    ready = int8_dynamic.prepare(loaded.module, loaded.inputs, "cpu")
    with pytest.raises(UnsupportedError, match="forward") as caught:
        train_step.make_step(ready, ready.module)
    assert caught.value.axis == "precision"


@pytest.mark.parametrize("module", [nn.ReLU(), nn.Linear(4, 2).requires_grad_(False)])
def test_a_model_with_nothing_to_train_is_the_models_mistake(module: nn.Module) -> None:
    """No parameters, or none that require gradients."""
    with pytest.raises(ModelError, match="nothing to train"):
        train_step.make_step(prepared(module, 2, 4), module)


def test_bf16_trains_where_the_cpu_has_it() -> None:
    """The backward pass runs in 16 bits; the loss is taken in fp32."""
    bf16 = names.load("precisions", "bf16")
    if (reason := bf16.unsupported("cpu")) is not None:
        pytest.skip(reason)
    torch.manual_seed(0)
    ready = bf16.prepare(nn.Linear(8, 3), (torch.randn(4, 8),), "cpu")
    train_step.make_step(ready, ready.module)()
    assert ready.module.weight.grad.dtype == torch.bfloat16
