"""fitment.harness.scenarios.forward: one pass, no gradients."""

from __future__ import annotations

import torch
from fitment.harness.precisions import fp32
from fitment.harness.scenarios import forward
from torch import nn


def test_a_step_returns_the_models_output_without_gradients() -> None:
    """In eval mode, as often as it is called, with equal results."""
    module = nn.Sequential(nn.Linear(4, 3), nn.Dropout(0.5)).train()
    prepared = fp32.prepare(module, (torch.randn(2, 4),), "cpu")
    step = forward.make_step(prepared, module)
    output = step()
    assert output.shape == (2, 3)
    assert not output.requires_grad
    assert torch.equal(step(), output)


def test_a_dict_of_outputs_comes_back_as_it_is() -> None:
    """The container is the model's own."""
    prepared = fp32.prepare(nn.Identity(), {"x": torch.ones(1)}, "cpu")
    assert forward.make_step(prepared, lambda *, x: {"logits": x})()["logits"].item() == 1
