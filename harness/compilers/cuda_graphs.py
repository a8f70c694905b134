"""Steps that are replayed as CUDA graphs: how each is told from the last, and whether there are any."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

OPTIONS = {"triton.cudagraphs": True}  # what torch.compile(mode="reduce-overhead") sets


def with_step_begins(compiled: Callable[..., Any]) -> Callable[..., Any]:
    """``compiled``, each call of which begins a new step.

    A replay writes into the memory of the last one's outputs: torch has to be told that those are done
    with. Whoever keeps an output beyond the next step copies it.
    """
    begin = torch.compiler.cudagraph_mark_step_begin

    def call(*args: Any, **kwargs: Any) -> Any:
        begin()  # type: ignore[no-untyped-call]
        return compiled(*args, **kwargs)

    return call


def left_out() -> str | None:
    """Why a step is not replayed, or only in part, or None: inductor warns, and goes on without graphs."""
    from torch._dynamo.utils import counters

    skips = counters["inductor"]["cudagraph_skips"]
    if not skips:
        return None
    return f"inductor made no CUDA graph of {skips} of this model's parts: that would be inductor's own mode"
