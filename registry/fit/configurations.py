"""A configuration's order, its words, and the axes that a question fixes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from ..answers import Question
from ..records import Configuration

FIELDS = tuple(field.name for field in fields(Configuration))
FIXED_BY_QUESTION = ("batch", "precision", "compile_mode", "memory_format")
Key = tuple[int, str, str, str, int, int, str, str]

_key = attrgetter(*FIELDS)  # a tenth of dataclasses.astuple, which copies each value
_combination = attrgetter(*FIELDS[1:])


def order(k: Configuration) -> Key:
    """The key that sorts configurations: field by field, smaller batches first."""
    key: Key = _key(k)
    return key


def combination(k: Configuration) -> tuple[Any, ...]:
    """Every field but the batch."""
    others: tuple[Any, ...] = _combination(k)
    return others


def fixed(question: Question) -> dict[str, Any]:
    """The configuration fields that the question fixes, with their values."""
    asked = {name: getattr(question, name) for name in FIXED_BY_QUESTION}
    return {name: value for name, value in asked.items() if value is not None}


def agrees(k: Configuration, axes: dict[str, Any]) -> bool:
    """Whether ``k`` has the values in ``axes``."""
    return all(getattr(k, name) == value for name, value in axes.items())


def differing(a: Configuration, b: Configuration) -> list[str]:
    """The names of the fields in which the two differ."""
    return [name for name, x, y in zip(FIELDS, order(a), order(b), strict=True) if x != y]


def describe(k: Configuration, names: Iterable[str] = FIELDS[:3]) -> str:
    """Those fields in words: ``batch 64, fp32, inductor``; the first three, if none are named."""
    return ", ".join(value_in_words(name, getattr(k, name)) for name in names)


def label(k: Configuration) -> str:
    """``batch 32 · bf16 · eager``, then only what differs from the defaults."""
    usual = Configuration(k.batch, k.precision, k.compile_mode)
    parts = [f"batch {k.batch}", k.precision, k.compile_mode]
    if k.memory_format != usual.memory_format:
        parts.append(k.memory_format)
    if k.n_devices != usual.n_devices:
        parts.append(f"{k.n_devices} devices")
    if k.threads != usual.threads:
        parts.append(f"{k.threads} threads")
    if k.cache_state != usual.cache_state:
        parts.append(f"{k.cache_state} caches")
    if k.pinning != usual.pinning:
        parts.append(f"pinned {k.pinning}")
    return " · ".join(parts)


def value_in_words(name: str, value: Any) -> str:
    """One field in words: ``batch 64``, ``fp32``, ``4 threads``."""
    if name == "batch":
        return f"batch {value}"
    if name == "n_devices":
        return f"{value} device" if value == 1 else f"{value} devices"
    if name == "threads":
        return f"{value} threads" if value else "default threads"
    if name == "pinning":
        return "threads not pinned" if value == "none" else f"threads pinned {value}"
    return f"{value} cache" if name == "cache_state" else str(value)
