"""Residual networks with the stride in the 3x3 convolution (v1.5), as torchvision and timm publish them.

Source: He et al. 2015, arXiv:1512.03385, table 1.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Block(nn.Module):
    """The input, projected where its shape changes, plus what ``body`` makes of it; then ReLU."""

    def __init__(self, body: nn.Sequential, shortcut: nn.Module) -> None:
        super().__init__()
        self.body = body
        self.shortcut = shortcut
        self.activation = nn.ReLU(inplace=True)

    def forward(self, x: Tensor) -> Tensor:
        """float[batch, channels, height, width], with the body's channels and stride."""
        out: Tensor = self.activation(self.body(x) + self.shortcut(x))
        return out


def convolution(channels_in: int, channels_out: int, kernel: int, stride: int = 1) -> list[nn.Module]:
    """A convolution without bias that keeps the size at stride 1, and its batch normalisation."""
    conv = nn.Conv2d(channels_in, channels_out, kernel, stride, padding=kernel // 2, bias=False)
    nn.init.kaiming_normal_(conv.weight, mode="fan_out", nonlinearity="relu")
    return [conv, nn.BatchNorm2d(channels_out)]


def basic(channels_in: int, width: int, stride: int) -> nn.Sequential:
    """Two 3x3 convolutions (ResNet-18, -34)."""
    return nn.Sequential(
        *convolution(channels_in, width, 3, stride),
        nn.ReLU(inplace=True),
        *convolution(width, width, 3),
    )


def bottleneck(channels_in: int, width: int, stride: int) -> nn.Sequential:
    """1x1 down, 3x3, 1x1 up to four times the width (ResNet-50 and deeper)."""
    return nn.Sequential(
        *convolution(channels_in, width, 1),
        nn.ReLU(inplace=True),
        *convolution(width, width, 3, stride),
        nn.ReLU(inplace=True),
        *convolution(width, 4 * width, 1),
    )


VARIANTS = {  # body of a block, its expansion, blocks in each stage
    "resnet18": (basic, 1, (2, 2, 2, 2)),
    "resnet50": (bottleneck, 4, (3, 4, 6, 3)),
}


def build(name: str) -> nn.Module:
    """The network ``name``: float[batch, 3, height, width] → logits float[batch, 1000]."""
    body, expansion, depths = VARIANTS[name]
    layers = [*convolution(3, 64, 7, 2), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, padding=1)]
    channels = 64
    for stage, depth in enumerate(depths):
        width = 64 * 2**stage
        for index in range(depth):
            stride = 2 if stage > 0 and index == 0 else 1
            layers.append(Block(body(channels, width, stride), shortcut(channels, width * expansion, stride)))
            channels = width * expansion
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 1000))


def shortcut(channels_in: int, channels_out: int, stride: int) -> nn.Module:
    """The identity, or a 1x1 projection where the shape changes."""
    if stride == 1 and channels_in == channels_out:
        return nn.Identity()
    return nn.Sequential(*convolution(channels_in, channels_out, 1, stride))


def example_inputs(batch: int, channels: int, height: int, width: int) -> tuple[Tensor, ...]:
    """Standard normal images, float32[batch, channels, height, width]."""
    return (torch.randn(batch, channels, height, width),)
