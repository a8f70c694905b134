"""GPT-2, 124 M parameters: a causal language model whose output layer is its token embedding.

Source: Radford et al. 2019, "Language Models are Unsupervised Multitask Learners".
"""

from __future__ import annotations

from functools import partial

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from .transformer import FeedForward, PreNormLayer, SelfAttention, initialise

VOCABULARY, CONTEXT, WIDTH, HEADS, DEPTH = 50257, 1024, 768, 12, 12


class GPT2(nn.Module):
    """Token and position embeddings through twelve causal layers to logits over the vocabulary."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(CONTEXT, WIDTH)
        self.layers = nn.Sequential(*(layer() for _ in range(DEPTH)))
        self.norm = nn.LayerNorm(WIDTH)
        self.head = nn.Linear(WIDTH, VOCABULARY, bias=False)
        self.head.weight = self.tokens.weight
        self.apply(initialise)

    def forward(self, input_ids: Tensor) -> Tensor:
        """int64[batch, length] → logits float[batch, length, 50257]."""
        positions = torch.arange(input_ids.shape[1], device=input_ids.device)
        x = self.layers(self.tokens(input_ids) + self.positions(positions))
        logits: Tensor = self.head(self.norm(x))
        return logits


def layer() -> PreNormLayer:
    """One layer of the decoder, with the tanh form of GELU."""
    attention = SelfAttention(WIDTH, HEADS, causal=True)
    feed_forward = FeedForward(WIDTH, 4 * WIDTH, partial(gelu, approximate="tanh"))
    return PreNormLayer((nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)), attention, feed_forward)


def build(name: str) -> nn.Module:
    """The one size there is here."""
    return GPT2()


def example_inputs(batch: int, length: int) -> dict[str, Tensor]:
    """Uniformly drawn tokens, int64[batch, length]."""
    return {"input_ids": torch.randint(VOCABULARY, (batch, length))}
