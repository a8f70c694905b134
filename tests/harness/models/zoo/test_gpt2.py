"""fitment.harness.models.zoo.gpt2: causality and the tied output layer."""

from __future__ import annotations

import torch
from fitment.harness.models.zoo.gpt2 import GPT2, WIDTH, layer


def test_no_position_sees_a_later_one() -> None:
    """Changing the last position leaves every earlier hidden state as it was."""
    torch.manual_seed(0)
    x = torch.randn(1, 6, WIDTH)
    changed = x.clone()
    changed[0, -1] += 1.0
    block = layer().eval()
    torch.testing.assert_close(block(changed)[:, :-1], block(x)[:, :-1])
    assert not torch.allclose(block(changed)[:, -1], block(x)[:, -1])


def test_the_output_layer_is_the_token_embedding() -> None:
    """One tensor serves both, and counts once."""
    with torch.device("meta"):
        model = GPT2()
    assert model.head.weight is model.tokens.weight
