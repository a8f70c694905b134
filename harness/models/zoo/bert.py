"""BERT and two smaller encoders that follow it: DistilBERT and the sentence encoder all-MiniLM-L6-v2.

Sources: Devlin et al. 2018, arXiv:1810.04805; Sanh et al. 2019, arXiv:1910.01108;
Wang et al. 2020, arXiv:2002.10957, with the pooling of Reimers and Gurevych 2019, arXiv:1908.10084.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from .transformer import FeedForward, SelfAttention, initialise

VOCABULARY, CONTEXT, SEGMENTS, EPSILON = 30522, 512, 2, 1e-12


@dataclass(frozen=True, slots=True)
class Size:
    """The dimensions of one encoder. DistilBERT has neither segments nor a pooler."""

    depth: int
    width: int
    heads: int
    hidden: int
    segments: int = SEGMENTS
    pooler: bool = True


VARIANTS = {
    "bert-base-uncased": Size(12, 768, 12, 3072),
    "distilbert-base-uncased": Size(6, 768, 12, 3072, segments=0, pooler=False),
    "all-MiniLM-L6-v2": Size(6, 384, 12, 1536),
}


class Embeddings(nn.Module):
    """The sum of token, position and segment embeddings, normalised; every token is in segment 0."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.tokens = nn.Embedding(VOCABULARY, size.width)
        self.positions = nn.Embedding(CONTEXT, size.width)
        self.segments = nn.Embedding(size.segments, size.width) if size.segments else None
        self.norm = nn.LayerNorm(size.width, eps=EPSILON)

    def forward(self, input_ids: Tensor) -> Tensor:
        """int64[batch, length] → float[batch, length, width]."""
        positions = torch.arange(input_ids.shape[1], device=input_ids.device)
        x = self.tokens(input_ids) + self.positions(positions)
        if self.segments is not None:
            x = x + self.segments(torch.zeros_like(input_ids))
        out: Tensor = self.norm(x)
        return out


class PostNormLayer(nn.Module):
    """Attention, then feed-forward, each added to its input and then normalised."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.attention = SelfAttention(size.width, size.heads)
        self.attention_norm = nn.LayerNorm(size.width, eps=EPSILON)
        self.feed_forward = FeedForward(size.width, size.hidden)
        self.feed_forward_norm = nn.LayerNorm(size.width, eps=EPSILON)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """float[batch, length, width]; ``mask`` as in SelfAttention."""
        x = self.attention_norm(x + self.attention(x, mask))
        out: Tensor = self.feed_forward_norm(x + self.feed_forward(x))
        return out


class Encoder(nn.Module):
    """The hidden states of a text and, with a pooler, the pooled first token."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.embeddings = Embeddings(size)
        self.layers = nn.ModuleList(PostNormLayer(size) for _ in range(size.depth))
        self.pooler = nn.Linear(size.width, size.width) if size.pooler else None
        self.apply(initialise)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, ...]:
        """int64[batch, length] twice → float[batch, length, width] (, float[batch, width])."""
        mask = attention_mask.bool()[:, None, None, :]
        x = self.embeddings(input_ids)
        for layer in self.layers:
            x = layer(x, mask)
        return (x,) if self.pooler is None else (x, torch.tanh(self.pooler(x[:, 0])))


class SentenceEncoder(nn.Module):
    """The mean of a text's hidden states, scaled to length 1."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.encoder = Encoder(size)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """int64[batch, length] twice → unit vectors float[batch, width]; padding does not count."""
        hidden = self.encoder(input_ids, attention_mask)[0]
        weight = attention_mask[:, :, None].to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1).clamp(min=1)
        return normalize(mean, dim=1)


def build(name: str) -> nn.Module:
    """The encoder ``name``; all-MiniLM-L6-v2 with its sentence pooling."""
    size = VARIANTS[name]
    return SentenceEncoder(size) if name == "all-MiniLM-L6-v2" else Encoder(size)


def example_inputs(batch: int, length: int) -> dict[str, Tensor]:
    """Uniformly drawn tokens without padding, int64[batch, length] and its mask of ones."""
    tokens = torch.randint(VOCABULARY, (batch, length))
    return {"input_ids": tokens, "attention_mask": torch.ones_like(tokens)}
