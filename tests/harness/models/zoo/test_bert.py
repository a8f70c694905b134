"""fitment.harness.models.zoo.bert: padding and pooling."""

from __future__ import annotations

import torch
from fitment.harness.models.zoo.bert import VOCABULARY, Encoder, SentenceEncoder, Size

TINY = Size(depth=2, width=32, heads=4, hidden=64)


def padded(tokens: torch.Tensor, to: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The tokens with arbitrary ones behind them, and the mask that hides those."""
    batch, length = tokens.shape
    mask = (torch.arange(to) < length).long().expand(batch, to)
    junk = torch.randint(VOCABULARY, (batch, to - length))
    return torch.cat((tokens, junk), dim=1), mask


def test_what_the_mask_hides_changes_nothing() -> None:
    """Hidden states of the text and its sentence vector are the same with junk behind the text."""
    torch.manual_seed(0)
    tokens = torch.randint(VOCABULARY, (2, 5))
    encoder, sentences = Encoder(TINY).eval(), SentenceEncoder(TINY).eval()
    plain, longer = (tokens, torch.ones_like(tokens)), padded(tokens, 9)
    torch.testing.assert_close(encoder(*longer)[0][:, :5], encoder(*plain)[0])
    torch.testing.assert_close(sentences(*longer), sentences(*plain))


def test_sentence_vectors_have_length_one() -> None:
    """The mean is normalised."""
    torch.manual_seed(0)
    tokens = torch.randint(VOCABULARY, (3, 7))
    vectors = SentenceEncoder(TINY).eval()(tokens, torch.ones_like(tokens))
    torch.testing.assert_close(vectors.norm(dim=1), torch.ones(3))


def test_every_token_attends_to_both_sides() -> None:
    """An encoder's first hidden state depends on its last token."""
    torch.manual_seed(0)
    tokens = torch.randint(1, VOCABULARY, (1, 5))
    changed = tokens.clone()
    changed[0, -1] = 0
    encoder, mask = Encoder(TINY).eval(), torch.ones_like(tokens)
    assert not torch.allclose(encoder(tokens, mask)[0][:, 0], encoder(changed, mask)[0][:, 0])
