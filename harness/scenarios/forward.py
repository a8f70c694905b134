"""One forward pass of the whole batch, as in serving: no gradients are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from ..models.loaded import invoke
from ..precisions.prepared import Prepared

THROUGHPUT_UNIT = "samples/s"


def make_step(prepared: Prepared, call: Callable[..., Any]) -> Callable[[], Any]:
    """A function of no arguments that runs one pass and returns the model's output as it is."""
    prepared.module.eval()

    def step() -> Any:
        with torch.inference_mode(), prepared.context():
            return invoke(call, prepared.inputs)

    return step
