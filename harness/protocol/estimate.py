"""Whether a model's weights can fit into what a device has free, told before they are put there."""

from __future__ import annotations

from torch import nn
from torch.nn import Parameter

from ...registry.records import Cell
from .. import names
from ..errors import RefusedError
from .preflight import Before

# In use on a GPU that nobody computes on, at most: the driver's reserve (older NVML counts it), a screen.
IDLE_BYTES = 2**30


def check_fits(module: nn.Module, cell: Cell, before: Before) -> None:
    """Nothing, where the weights may fit. ``module`` is loaded, on the host and in fp32.

    Raises RefusedError where weights (in training, with gradients) alone exceed what was free: ``oom_host``
    on a CPU, on a GPU ``oom_device``, or ``device_busy`` where they would fit but for others' memory.
    """
    need, free = least_bytes(module, cell), before.free_bytes
    if free is None or need <= free:
        return
    what = "weights and gradients" if cell.scenario == "train_step" else "weights"
    reason = f"{what} alone take {need:,} bytes in {cell.configuration.precision}, and {free:,} are free"
    if cell.device_kind == "cpu":
        raise RefusedError("oom_host", reason)
    others = max(0, (before.used_bytes or 0) - IDLE_BYTES)
    if need <= free + others:
        raise RefusedError("device_busy", f"{reason}: other processes hold about {others:,}")
    raise RefusedError("oom_device", reason)


def least_bytes(module: nn.Module, cell: Cell) -> int:
    """The bytes that the weights take on the device in the cell's precision, with gradients in training.

    A lower bound: buffers, optimiser state, inputs and activations come on top.
    """
    precision = names.load("precisions", cell.configuration.precision)
    trains = cell.scenario == "train_step"
    return sum(_bytes(weight, precision.WEIGHT_BYTES, trains=trains) for weight in module.parameters())


def _bytes(weight: Parameter, each: int, *, trains: bool) -> int:
    own = weight.numel() * min(each, weight.element_size())
    return own * 2 if trains and weight.requires_grad else own
