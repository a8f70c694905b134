"""How much a model computes: multiply-accumulates per sample, attention included."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from .loaded import LoadedModel, batched, invoke


def macs_per_sample(loaded: LoadedModel) -> float | None:
    """Multiply-accumulates of one forward pass at batch 1: convolutions and matrix products.

    None where nothing countable ran (a recurrent layer's fused kernel, say), which is not zero work.
    Source of the comparison: timm counts the same, as GMACs.
    """
    counter = FlopCounterMode(display=False)
    with torch.no_grad(), _decomposed_attention(), counter:
        invoke(loaded.module, batched(loaded.inputs, 1))
    return counter.get_total_flops() / 2 or None


@contextmanager
def _decomposed_attention() -> Iterator[None]:
    """Attention as its matrix products: the counter passes over the fused kernels of the CPU."""
    fast = torch.backends.mha.get_fastpath_enabled()
    torch.backends.mha.set_fastpath_enabled(False)
    try:
        with sdpa_kernel(SDPBackend.MATH):
            yield
    finally:
        torch.backends.mha.set_fastpath_enabled(fast)
