"""Hardware that is no answer to a question: what stands against it, and the command that would change it."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..answers import Estimate, Question, Rejected
from ..records import OK, Configuration
from .beyond import names
from .comparison import Comparison
from .configurations import agrees, describe, fixed, label, order
from .criteria import has_latency, has_memory
from .decided import known, undecided_on
from .limits import Miss, meets
from .outcomes import OUT_OF_MEMORY, Outcomes, decides, runs
from .remedy import Measurable, remedy
from .spending import price

IN_WORDS = {
    "oom_device": "out of device memory",
    "oom_host": "out of memory",
    "skipped_bound": "out of memory at a smaller batch",
    "timeout": "no result before the deadline",
    "unsupported_device": "the device does not support this model",
    "unsupported_precision": "precision not supported",
    "unsupported_op": "an operation of the model is not supported",
    "unsupported_compile": "compile mode not supported",
    "compile_error": "compilation failed",
    "recompile_storm": "compiled again at every step",
    "numerics_nan": "the output holds NaN or Inf",
    "numerics_mismatch": "the output differs from fp32 eager by more than the tolerance",
    "crashed": "the process crashed",
}


def rejections(
    question: Question,
    comparison: Comparison,
    answered: Collection[str],
    measurable: Measurable,
    missed: Mapping[str, Miss] | None = None,
) -> tuple[Rejected, ...]:
    """The group's hardware that is not ``answered``, by name, each with its reason.

    ``missed`` is what misses the question's limits. Available hardware without results is among them.
    """
    known_here = {*comparison.held.estimates, *question.available}
    left = sorted(name for name in known_here if name not in answered)
    found = missed or {}
    return tuple(
        _limited(question, comparison, found[name], measurable)
        if name in found
        else _rejected(question, comparison, name, measurable)
        for name in left
    )


def _limited(question: Question, comparison: Comparison, miss: Miss, measurable: Measurable) -> Rejected:
    """Hardware that runs what is asked, and misses a limit or has not measured what it is about."""
    reason = f"{miss.reason}{_met_otherwise(question, comparison, miss.hardware)}"
    if math.isinf(miss.shortfall):
        return Rejected(miss.hardware, reason, remedy(question, comparison, measurable))
    return Rejected(miss.hardware, reason, shortfall=miss.shortfall)


def _met_otherwise(question: Question, comparison: Comparison, name: str) -> str:
    """The fastest that meets the limits with software that does not speak for its hardware; or empty."""
    axes = fixed(question)
    met = [
        e
        for stack in comparison.stacks[name][1:]
        for e in stack.outcomes.candidates()
        if agrees(e.configuration, axes) and meets(question, e)
    ]
    if not met:
        return ""
    best = min(met, key=lambda e: (-(e.throughput or 0.0), order(e.configuration), e.env_id))
    software = f"torch {best.torch}" if best.torch else "other software"
    where = label(best.configuration)
    return f"; with {software} it meets the limits at {where}: --env {best.env_id}"


def _rejected(question: Question, comparison: Comparison, name: str, measurable: Measurable) -> Rejected:
    axes = fixed(question)
    if name not in comparison.held.estimates:
        group = comparison.held.group
        reason = f"no {group.scenario} results of {group.model} at input {group.input_shape}"
        return Rejected(name, reason, remedy(question, comparison, measurable))
    if name in comparison.running:
        return Rejected(name, _fails_where_compared(comparison, name, axes))
    asked = [e for e in comparison.held.estimates[name] if agrees(e.configuration, axes)]
    ran = [e for e in asked if runs(e)]
    if "cost" in comparison.spending_required and any(price(question, e) is None for e in ran):
        return Rejected(name, "no price is given, which --missing require requires")
    lacking = _lacks(question, comparison, ran)
    if lacking:
        return Rejected(name, lacking, remedy(question, comparison, measurable))
    failures = [e for e in asked if decides(e) and not runs(e)] or _implied(comparison, name, axes)
    if failures:
        return Rejected(name, _failures_in_words(failures))
    return Rejected(
        name, _not_measured(comparison, name, asked, axes), remedy(question, comparison, measurable)
    )


def _lacks(question: Question, comparison: Comparison, ran: Sequence[Estimate]) -> str | None:
    """What is not measured of hardware that runs, and which option requires it."""
    if comparison.memory_required and any(not has_memory(e) for e in ran):
        option = "--memory-constrained" if question.memory_constrained else "--missing require"
        return f"peak memory not measured, which {option} requires"
    if comparison.latency_required and any(not has_latency(e) for e in ran):
        return "latency not measured, which --missing require requires"
    if "energy" in comparison.spending_required and any(e.energy_per_unit_j is None for e in ran):
        return "its energy was not metered, which --missing require requires"
    return None


def _fails_where_compared(comparison: Comparison, name: str, axes: dict[str, Any]) -> str:
    """For hardware that runs something, but none of the compared configurations."""
    h = comparison.running[name]
    failures = [e for e in (h.of(k) for k in comparison.decided) if e is not None]
    best = max(
        (e for e in h.candidates() if agrees(e.configuration, axes)), key=lambda e: e.throughput or 0.0
    )
    missing = names(undecided_on(comparison.running, best.configuration))
    return (
        f"{_failures_in_words(failures)}; it runs {describe(best.configuration)}, not measured on {missing}"
    )


def _implied(comparison: Comparison, name: str, axes: dict[str, Any]) -> list[Estimate]:
    """Failures that decide what is asked without having tried exactly that."""
    h = comparison.outcomes.get(name)
    if h is None:
        return []
    asked = known(comparison.outcomes, axes) or {replace(k, **axes) for k in _at_other_batches(h, axes)}
    deciding = [h.of(k) for k in sorted(asked, key=order)]
    return [e for e in deciding if e is not None] if all(deciding) else []


def _at_other_batches(h: Outcomes, axes: dict[str, Any]) -> list[Configuration]:
    """What a hardware has tried that differs from what is asked in nothing but its batch."""
    others = {name: value for name, value in axes.items() if name != "batch"}
    return [k for k in h.own if agrees(k, others)]


def _failures_in_words(failures: Sequence[Estimate]) -> str:
    """The first failure in words; how many more configurations failed."""
    distinct = {e.configuration: e for e in failures}
    first = distinct[min(distinct, key=order)]
    detail = f" ({first.detail})" if first.detail and first.status not in OUT_OF_MEMORY else ""
    more = f", and {len(distinct) - 1} more failed" if len(distinct) > 1 else ""
    return f"{IN_WORDS.get(first.status, first.status)} at {describe(first.configuration)}{detail}{more}"


def _not_measured(comparison: Comparison, name: str, asked: Sequence[Estimate], axes: dict[str, Any]) -> str:
    if any(runs(e) for e in asked):
        return "measured there only with other software than the one that speaks for this hardware"
    if any(e.status == OK for e in asked):
        return "no usable throughput: what it reported was not possible (quarantined)"
    if asked:
        first = min(asked, key=lambda e: (order(e.configuration), e.env_id))
        detail = f": {first.detail}" if first.detail else ""
        return f"not measured: {first.status} at {describe(first.configuration)}{detail}"
    return (
        f"not measured at {_missing_axes([e.configuration for e in comparison.held.estimates[name]], axes)}"
    )


def _missing_axes(held: Sequence[Configuration], axes: dict[str, Any]) -> str:
    """The fixed axes whose value this hardware never had; all of them, if only their meeting is missing."""
    alone = [name for name, value in axes.items() if all(getattr(k, name) != value for k in held)]
    return ", ".join(_axis(name, axes[name]) for name in alone or axes)


def _axis(name: str, value: Any) -> str:
    return f"{name.replace('_', ' ')} {value}"
