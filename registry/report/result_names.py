"""Results in words, a line for those that differ in their ids alone."""

from __future__ import annotations

from collections.abc import Iterable

from ..fit.configurations import label
from ..records import OK
from ..results.named import NamedResult
from ..storage.apply_decisions import ids_in_words

SHOWN = 10  # lines


def result_lines(results: Iterable[NamedResult]) -> list[str]:
    """``2–3: resnet50 (v1) · forward 3x224x224 · GPU · batch 8 · fp32 · eager``; the first of many."""
    by_name: dict[str, list[int]] = {}
    for each in results:
        by_name.setdefault(_name(each), []).append(each.id)
    lines = [f"{ids_in_words(ids)}: {name}" for name, ids in by_name.items()]
    left = len(lines) - SHOWN
    return lines if left <= 0 else [*lines[:SHOWN], f"and those of {left:,} more configurations"]


def _name(result: NamedResult) -> str:
    parts = [
        f"{result.model} ({result.version})" if result.version else result.model,
        f"{result.scenario} {result.input_shape}",
        result.hardware,
        label(result.configuration),
    ]
    return " · ".join(parts if result.status == OK else [*parts, result.status])
