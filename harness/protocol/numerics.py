"""A cell's output against the fp32 eager reference of the same weights and inputs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, slots=True)
class Deviation:
    """How far an output lies from its reference. ``top1_agreement`` is None where there are no classes."""

    max_abs_error: float
    relative_l2: float
    top1_agreement: float | None


def dense(tensor: Tensor) -> Tensor:
    """The tensor as one block of memory: sparse and nested ones are compared by their zeros, too."""
    if tensor.is_nested:
        return tensor.to_padded_tensor(0.0)
    return tensor if tensor.layout == torch.strided else tensor.to_dense()


def holds_nan(tensor: Tensor) -> bool:
    """Whether an element is NaN, on whatever device; False for what can't be, and for 8-bit floats."""
    real = (tensor.is_floating_point() or tensor.is_complex()) and tensor.element_size() > 1
    return real and bool(torch.isnan(dense(tensor.detach().cpu())).any())


def is_finite(output: Tensor) -> bool:
    """Whether no element is NaN or infinite."""
    return bool(torch.isfinite(output).all())


def deviation(output: Tensor, reference: Tensor) -> Deviation | None:
    """How far ``output`` lies from ``reference``; None where the shapes don't match: then it is wrong.

    The reference may hold fewer samples, in dim 0: the output's are those, over again. Compared in fp64,
    a sample at a time, so that a large output is never copied whole.
    """
    if output.ndim != reference.ndim or output.shape[1:] != reference.shape[1:]:
        return None
    rows, expected_rows = (t if t.ndim else t[None] for t in (output, reference))
    has_classes = output.ndim >= 2 and output.shape[-1] >= 2 and not output.is_complex()
    worst = squares = reference_squares = 0.0
    agreement: list[float] = []
    wide = torch.complex128 if output.is_complex() else torch.float64
    for i, row in enumerate(rows):
        expected = expected_rows[i % len(expected_rows)].to(wide)
        error = (row.to(wide) - expected).abs()
        worst = max(worst, float(error.max()) if error.numel() else 0.0)
        squares += float(error.square().sum())
        reference_squares += float(expected.abs().square().sum())
        if has_classes:
            agreement.append(float((row.argmax(-1) == expected.argmax(-1)).double().mean()))
    agreed = math.fsum(agreement) / len(agreement) if agreement else None
    return Deviation(worst, _ratio(squares, reference_squares), agreed)


def _ratio(squares: float, reference_squares: float) -> float:
    """The relative L2 error; of a reference that is zero throughout, infinite unless the output is, too."""
    if reference_squares == 0:
        return math.inf if squares else 0.0
    return math.sqrt(squares / reference_squares)
