"""torch.compile(mode="reduce-overhead"): inductor, and each step replayed as a CUDA graph with one launch.

For GPUs alone: on a CPU torch takes the mode and compiles what it compiles by default. The same holds on a
GPU for a model whose graphs inductor leaves out (it changes its inputs, or works on the CPU in between):
such a cell is refused once that is known.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import nn

from . import cuda_graphs, torch_compile


def unavailable(device_kind: str) -> str | None:
    """What is lacking to compile for the device (the current one, of GPUs), or None."""
    if device_kind == "cpu":
        return "CUDA graphs need a GPU: on a CPU this would be inductor under another name"
    return torch_compile.lacks(device_kind)


def compile_module(module: nn.Module) -> Callable[..., Any]:
    """The compiled module; compilation happens at its first call, recording at the next ones.

    An output is good until the next call. Raises UnsupportedError ("compile") for dynamically quantised
    layers.
    """
    torch_compile.refuse_quantised(module)
    return cuda_graphs.with_step_begins(torch_compile.compiled(module, cuda_graphs.OPTIONS))


def broken() -> str | None:
    """Why what ran was eager, or inductor without graphs, or None."""
    return torch_compile.nothing_compiled() or cuda_graphs.left_out()
