"""The command that would measure what a hardware has not measured."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ..answers import Estimate, Question
from .comparison import Comparison
from .configurations import fixed, order
from .decided import known

BATCHES_NAMED = 8
MEASURED_AXES = ("batch", "precision", "compile_mode", "memory_format")
# Names that can be measured, by axis ("model", "precision", "compile_mode", "memory_format"); an axis
# that is absent is not checked. Under HAD: the names that the asked model had before;
# under TAGS: its versions, in the order in which they were added.
Measurable = Mapping[str, Collection[str]]
HAD, TAGS = "had", "tags"
DEFAULTS = {
    "precision": "fp32",
    "compile_mode": "eager",
    "memory_format": "contiguous",
    "scenario": "forward",
}


def remedy(question: Question, comparison: Comparison, measurable: Measurable) -> str | None:
    """``fitment sweep --models …``, to be run on that hardware; None where it can't be measured at all."""
    group = comparison.held.group
    name = _swept_as(group.model, measurable)
    own = ":" in name  # a factory: package.mod:name
    values = _values(question, comparison) | {"model": [f"module:{name}" if own else name]}
    if any(not _can(measurable, axis, value) for axis, value in fixed(question).items()):
        return None
    if not own and not _can(measurable, "model", name):
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
    return _command(options)


def measure_again(e: Estimate, measurable: Measurable) -> str | None:
    """``fitment sweep … --again`` for one candidate, to be run on its hardware; None where no sweep can."""
    command = measure(e, measurable)
    return f"{command} --again" if command else None


def measure(e: Estimate, measurable: Measurable) -> str | None:
    """Likewise, as for the first time."""
    group, k = e.group, e.configuration
    name = _swept_as(group.model, measurable)
    own = ":" in name
    asked = {"precision": k.precision, "compile_mode": k.compile_mode, "memory_format": k.memory_format}
    if not own:
        asked["model"] = name
    if k.n_devices != 1 or not all(_can(measurable, axis, v) for axis, v in asked.items()):
        return None
    options: list[tuple[str, list[Any]]] = [
        ("--models", [f"module:{name}" if own else name]),
        ("--devices", [e.device_kind]),
        ("--batches", [k.batch]),
        ("--precisions", [k.precision]),
        ("--compile-modes", [k.compile_mode]),
        ("--memory-formats", [k.memory_format]),
        ("--threads", [k.threads] if k.threads else []),
        ("--cache-states", [k.cache_state] if k.cache_state != "warm" else []),
        ("--pinnings", [k.pinning] if k.pinning != "none" else []),
        ("--scenarios", [group.scenario]),
        ("--input-shapes", [group.input_shape]),
        ("--model-version", [group.model_version] if group.model_version else []),
        ("--invocations", [e.n]),
    ]
    return _command(options)


def _swept_as(model: str, measurable: Measurable) -> str:
    """The name that a sweep knows the model by: its own, else one that it had, whose results are its own."""
    names = (model, *measurable.get(HAD, ()))
    return next((name for name in names if ":" in name or _can(measurable, "model", name)), model)


def _command(options: Sequence[tuple[str, Sequence[Any]]]) -> str:
    """``fitment sweep`` with those options that say more than a default."""
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
