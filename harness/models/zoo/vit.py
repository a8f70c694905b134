"""Vision transformers on 16x16 patches with a class token, as timm publishes them.

Source: Dosovitskiy et al. 2020, arXiv:2010.11929; the tiny one: Touvron et al. 2020, arXiv:2012.12877.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .transformer import FeedForward, PreNormLayer, SelfAttention, initialise

PATCH, SIDE, DEPTH, CLASSES = 16, 224, 12, 1000
VARIANTS = {"vit_tiny_patch16_224": (192, 3), "vit_base_patch16_224": (768, 12)}  # width, heads


class VisionTransformer(nn.Module):
    """Patches and a class token through twelve layers; the class token is classified."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, width, PATCH, stride=PATCH)
        self.class_token = nn.Parameter(torch.zeros(1, 1, width))
        self.positions = nn.Parameter(torch.empty(1, (SIDE // PATCH) ** 2 + 1, width))
        self.layers = nn.Sequential(*(layer(width, heads) for _ in range(DEPTH)))
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.head = nn.Linear(width, CLASSES)
        self.apply(initialise)
        nn.init.normal_(self.positions, std=0.02)

    def forward(self, images: Tensor) -> Tensor:
        """float[batch, 3, 224, 224] → logits float[batch, 1000]."""
        patches = self.patches(images).flatten(2).transpose(1, 2)
        token = self.class_token.expand(len(images), -1, -1)
        x = torch.cat((token, patches), dim=1) + self.positions
        logits: Tensor = self.head(self.norm(self.layers(x))[:, 0])
        return logits


def layer(width: int, heads: int) -> PreNormLayer:
    """One layer of the encoder, four times wider inside."""
    norms = (nn.LayerNorm(width, eps=1e-6), nn.LayerNorm(width, eps=1e-6))
    return PreNormLayer(norms, SelfAttention(width, heads), FeedForward(width, 4 * width))


def build(name: str) -> nn.Module:
    """The vision transformer ``name``."""
    return VisionTransformer(*VARIANTS[name])


def example_inputs(batch: int, channels: int, height: int, width: int) -> tuple[Tensor, ...]:
    """Standard normal images, float32[batch, channels, height, width]."""
    return (torch.randn(batch, channels, height, width),)
