"""torch.compile(mode="max-autotune"): inductor times several kernels for each product and keeps the fastest.

On a GPU the candidates are triton's templates beside the libraries' kernels, and steps are replayed as CUDA
graphs as in inductor_reduce_overhead.

On a CPU the candidates are C++ templates beside oneDNN's and MKL's kernels, and inductor has them only for
weights that are constants (``use_cpp_gemm_template``): max-autotune by itself gives the very kernels of the
default mode. So the weights are frozen here as well (``freezing``), which needs a forward pass without
gradients: a training step is refused, and so is a model with no product to choose a kernel for. Frozen
weights are packed copies beside the model's own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from ..errors import UnsupportedError
from . import cuda_graphs, torch_compile, tuning

OPTIONS = {"max_autotune": True, "coordinate_descent_tuning": True}
TRAINING = "on a CPU inductor tunes products of constant weights only: a training step changes them"


def unavailable(device_kind: str) -> str | None:
    """What inductor lacks to compile for the device (the current one, of GPUs), or None."""
    return torch_compile.lacks(device_kind)


def compile_module(module: nn.Module) -> Callable[..., Any]:
    """The compiled module; compilation and tuning happen at its first call, and take minutes.

    Raises UnsupportedError ("compile") for dynamically quantised layers.
    """
    torch_compile.refuse_quantised(module)
    if _is_on_gpu(module):
        return cuda_graphs.with_step_begins(_tuned(module, OPTIONS | cuda_graphs.OPTIONS))
    return _frozen(module)


def broken() -> str | None:
    """Why what ran was eager, or the default mode's code, or None."""
    if nothing := torch_compile.nothing_compiled():
        return nothing
    from torch._inductor import config

    if config.freezing and not tuning.selections():
        return "inductor had no kernels to choose among in this model: that would be its default mode"
    return None


def _tuned(module: nn.Module, options: dict[str, Any]) -> Callable[..., Any]:
    call = torch_compile.compiled(module, options)
    tuning.count_selections()
    return call


def _frozen(module: nn.Module) -> Callable[..., Any]:
    """The module with its weights as constants. Dynamo reads that setting from the process, not the call."""
    tuned = _tuned(module, OPTIONS)
    from torch._inductor import config

    config.freezing = True

    def call(*args: Any, **kwargs: Any) -> Any:
        if torch.is_grad_enabled():
            raise UnsupportedError("compile", TRAINING)
        return tuned(*args, **kwargs)

    return call


def _is_on_gpu(module: nn.Module) -> bool:
    tensors = [*module.parameters(), *module.buffers()]
    return any(tensor.is_cuda for tensor in tensors)
