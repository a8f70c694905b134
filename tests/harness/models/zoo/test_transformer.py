"""fitment.harness.models.zoo.transformer: attention against its definition."""

from __future__ import annotations

import math

import torch
from fitment.harness.models.zoo.transformer import SelfAttention


def test_attention_is_softmax_of_scaled_products_by_head() -> None:
    """Equal to the formula of the paper (1), head by head, written out."""
    torch.manual_seed(0)
    attention, x = SelfAttention(12, 3), torch.randn(2, 5, 12)
    query, key, value = attention.qkv(x).split(12, dim=-1)
    heads = []
    for head in range(3):
        q, k, v = (part[..., 4 * head : 4 * head + 4] for part in (query, key, value))
        heads.append(torch.softmax(q @ k.transpose(1, 2) / math.sqrt(4), dim=-1) @ v)
    torch.testing.assert_close(attention(x), attention.projection(torch.cat(heads, dim=-1)))
