"""One training step on the whole batch: forward, loss, backward, plain SGD."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from ..errors import ModelError, UnsupportedError
from ..models.loaded import invoke
from ..models.outputs import first_tensor
from ..precisions.prepared import Prepared

THROUGHPUT_UNIT = "samples/s"

LEARNING_RATE = 1e-4  # small: thousands of steps on one batch must not run off to NaN


def make_step(prepared: Prepared, call: Callable[..., Any]) -> Callable[[], Tensor]:
    """A function of no arguments that changes the weights once and returns the output before that.

    The module is put in train mode. Raises UnsupportedError ("precision") where it has no backward pass,
    ModelError where it has nothing to train.
    """
    if not prepared.trainable:
        raise UnsupportedError("precision", "this precision has no backward pass: use the forward scenario")
    weights = [parameter for parameter in prepared.module.parameters() if parameter.requires_grad]
    if not weights:
        raise ModelError("the model has no parameters that require gradients: nothing to train")
    prepared.module.train()
    importlib.import_module("torch._dynamo")  # by itself, an optimiser imports it in its first step
    optimiser = torch.optim.SGD(weights, lr=LEARNING_RATE)

    def step() -> Tensor:
        optimiser.zero_grad(set_to_none=True)
        with prepared.context():
            output = first_tensor(invoke(call, prepared.inputs))
            objective = loss(output)
        update(objective, optimiser, prepared.scaler)
        return output.detach()

    return step


def update(objective: Tensor, optimiser: torch.optim.Optimizer, scaler: torch.amp.GradScaler | None) -> None:
    """Changes the weights by the objective's gradients; with a scaler, unless they overflowed."""
    if scaler is None:
        objective.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    else:
        scaler.scale(objective).backward()  # type: ignore[no-untyped-call]
        scaler.step(optimiser)
        scaler.update()


def loss(output: Tensor) -> Tensor:
    """A scalar: cross-entropy over the last dimension against fixed labels, in fp32.

    An output without classes (a single one, or one dimension) gives the mean of its squares.
    """
    if output.ndim < 2 or output.shape[-1] < 2:
        return output.float().square().mean()
    logits = output.flatten(0, -2).float()
    labels = torch.arange(len(logits), device=output.device) % logits.shape[-1]
    return cross_entropy(logits, labels)
