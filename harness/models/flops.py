"""How much a model computes: multiply-accumulates per sample, attention included."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import flop_registry

from .loaded import LoadedModel, batched, invoke


def macs_per_sample(loaded: LoadedModel) -> float | None:
    """Multiply-accumulates of one forward pass at batch 1: convolutions and matrix products.

    None where nothing countable ran (a recurrent layer's fused kernel, say), which is not zero work.
    Source of the comparison: timm counts the same, as GMACs.
    """
    counter = _Counter()
    with torch.no_grad(), _decomposed_attention(), counter:
        invoke(loaded.module, batched(loaded.inputs, 1))
    return counter.flops / 2 or None


class _Counter(TorchDispatchMode):  # type: ignore[no-untyped-call]  # torch's own __init_subclass__
    """Sums what torch's own formulae say of each operation.

    Its FlopCounterMode sums the same, but loads dynamo, inductor and sympy first: 800 modules and 1.5 s of a
    core, for a feature that keeps compilers out of a mode's inside.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.flops = 0

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Whether a compiler is to be kept out; nothing is compiled in here."""
        return False

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """What ``func`` gives, counted."""
        kwargs = kwargs or {}
        output = func(*args, **kwargs)
        formula: Any = flop_registry.get(func._overloadpacket)
        if formula is not None:
            self.flops += formula(*args, **kwargs, out_val=output)
        return output


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
