"""A multilayer perceptron: ``mlp-784-512-512-10`` has those widths, with ReLU between the layers."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn


def build(name: str) -> nn.Module:
    """The perceptron whose layer widths stand in its name."""
    widths = [int(width) for width in name.split("-")[1:]]
    layers: list[nn.Module] = []
    for width_in, width_out in pairwise(widths):
        layers += [nn.Linear(width_in, width_out), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def example_inputs(batch: int, width: int) -> tuple[Tensor, ...]:
    """Standard normal features, float32[batch, width]."""
    return (torch.randn(batch, width),)
