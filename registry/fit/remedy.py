"""The command that would measure what a hardware has not measured."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Mapping
from typing import Any

from ..answers import Question
from .comparison import Comparison
from .configurations import fixed, order
from .decided import known

BATCHES_NAMED = 8
MEASURED_AXES = ("batch", "precision", "compile_mode", "memory_format")
# Names that can be measured, by axis ("model", "precision", "compile_mode", "memory_format"); an axis
# that is absent is not checked.
Measurable = Mapping[str, Collection[str]]
DEFAULTS = {
    "precision": "fp32",
    "compile_mode": "eager",
    "memory_format": "contiguous",
    "scenario": "forward",
}


def remedy(question: Question, comparison: Comparison, measurable: Measurable) -> str | None:
    """``fitment sweep --models …``, to be run on that hardware; None where it can't be measured at all."""
    group = comparison.held.group
    own = ":" in group.model  # a factory: package.mod:name
    values = _values(question, comparison) | {"model": [f"module:{group.model}" if own else group.model]}
    if any(not _can(measurable, axis, value) for axis, value in fixed(question).items()):
        return None
    if not own and not _can(measurable, "model", group.model):
        return None
    values |= {
        axis: [v for v in held if _can(measurable, axis, v)]
        for axis, held in values.items()
        if axis != "model"
    }
    options = [
        ("--models", values["model"]),
        ("--batches", values["batch"][:BATCHES_NAMED]),
        ("--precisions", values["precision"]),
        ("--compile-modes", values["compile_mode"]),
        ("--memory-formats", values["memory_format"]),
        ("--scenarios", [group.scenario]),
        ("--input-shapes", [group.input_shape]),
    ]
    usual = ([], ["example"], *([default] for default in DEFAULTS.values()))
    named = [
        f"{option} {shlex.quote(','.join(map(str, held)))}" for option, held in options if held not in usual
    ]
    return f"fitment sweep {' '.join(named)}"


def _can(measurable: Measurable, axis: str, value: Any) -> bool:
    return axis not in measurable or value in measurable[axis]


def _values(question: Question, comparison: Comparison) -> dict[str, list[Any]]:
    """Per axis what the question fixes, else what the other hardware has measured."""
    axes = fixed(question)
    there = sorted(known(comparison.running, axes), key=order)
    return {
        name: [axes[name]] if name in axes else sorted({getattr(k, name) for k in there})
        for name in MEASURED_AXES
    }
