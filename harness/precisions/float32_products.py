"""The process's switches for how fp32 operands are multiplied: exactly, or rounded to TF32 first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch

IEEE, TF32 = "ieee", "tf32"
UNSET = "none"  # of the operator, its library and torch altogether: IEEE


def forbid_reduced_precision() -> None:
    """Turns TF32 and bf16 products off for the process: torch leaves TF32 on for cuDNN's convolutions.

    A result of such products is tf32's, and must never be kept as fp32's.
    """
    _set_older_switches(allowed=False)
    for switch in (*_on_gpus(), *_on_cpus()):
        switch.fp32_precision = IEEE


def allow_tf32() -> None:
    """Turns TF32 on for a GPU's matrix products, convolutions and recurrent layers: what fp32 forbids."""
    _set_older_switches(allowed=True)
    for switch in _on_gpus():
        switch.fp32_precision = TF32


def reduced() -> str | None:
    """Why fp32 products may no longer be IEEE fp32's: some code of the model turned a switch; else None."""
    found = {switch.fp32_precision for switch in (*_on_gpus(), *_on_cpus())} - {IEEE, UNSET}
    return f"the model's code switches fp32 products to {', '.join(sorted(found))}" if found else None


def not_tf32() -> str | None:
    """Why products on a GPU may no longer be TF32's: some code of the model turned a switch; else None."""
    kept = all(switch.fp32_precision == TF32 for switch in _on_gpus())
    return None if kept else "the model's code switches TF32 off"


def _set_older_switches(*, allowed: bool) -> None:
    """Torch's first generation, which code still reads: reading raises where the two generations differ."""
    torch.set_float32_matmul_precision("high" if allowed else "highest")
    torch.backends.cudnn.allow_tf32 = allowed


def _on_gpus() -> Iterator[Any]:
    """Per operator: such a one outlasts any global one that a model sets."""
    yield torch.backends.cuda.matmul
    yield torch.backends.cudnn.conv  # type: ignore[attr-defined]
    yield torch.backends.cudnn.rnn


def _on_cpus() -> Iterator[Any]:
    yield torch.backends.mkldnn.matmul  # type: ignore[attr-defined]
    yield torch.backends.mkldnn.conv  # type: ignore[attr-defined]
    yield torch.backends.mkldnn.rnn  # type: ignore[attr-defined]
