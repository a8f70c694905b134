"""A question in words: what it fixes, what it limits, and the rate that is to be reached."""

from __future__ import annotations

from ..answers import Question, Recommendation
from ..workloads import MixRow

NUMBER = ",.10g"  # as a person typed it


def asked(q: Question) -> str:
    """What the question fixes beyond the model: ``task training, batch 64, latency sensitive``."""
    named = {
        "model version": q.model_version,
        "task": q.task,
        "batch": q.batch,
        "precision": q.precision,
        "compile mode": q.compile_mode,
        "memory format": q.memory_format,
        "input": q.input_shape,
        "environment": q.env_id,
    }
    parts = [f"{name} {value}" for name, value in named.items() if value is not None]
    parts += ["latency sensitive"] if q.latency_sensitive else []
    parts += ["memory constrained"] if q.memory_constrained else []
    parts += [f"a missing criterion: {q.missing}"] if q.missing != "renormalise" else []
    parts += ["cost counts"] if q.cost else []
    parts += ["energy counts"] if q.energy else []
    parts += [f"weights of {q.profile.name}"] if q.profile else []
    parts += limits(q)
    return ", ".join(parts)


def limits(q: Question) -> list[str]:
    """The limits, the target rate and the hardware that there is, each in a few words."""
    found = []
    if q.max_latency_s is not None:
        found.append(f"latency of at most {1e3 * q.max_latency_s:{NUMBER}} ms")
    if q.max_memory_bytes is not None:
        found.append(f"memory of at most {1e-6 * q.max_memory_bytes:{NUMBER}} MB")
    if q.min_throughput is not None:
        found.append(f"throughput of at least {q.min_throughput:{NUMBER}}/s")
    if q.target_rate is not None:
        found.append(f"devices for {_rate(q)}/s")
    if q.available:
        found.append(f"available: {'; '.join(q.available)}")
    return found


def devices(row: Recommendation | MixRow, q: Question, throughput_unit: str) -> str | None:
    """``3 devices (3–4) for 500 samples/s``: how many the target rate needs; None where none is asked."""
    if q.target_rate is None or row.devices is None:
        return None
    noun = "device" if row.devices == 1 and row.devices_high in (None, 1) else "devices"
    low, high = row.devices_low, row.devices_high
    between = "" if low is None or high is None or low == high else f" ({low:,}–{high:,})"
    return f"{row.devices:,} {noun}{between} for {rate(q.target_rate)} {throughput_unit}"


def rate(per_second: float) -> str:
    """Six digits, those before the point all: ``277.778``, ``1,000,000``."""
    text = f"{per_second:,.6g}"
    return f"{per_second:,.0f}" if "e+" in text else text


def _rate(q: Question) -> str:
    unit = f" {q.target_unit}" if q.target_unit else ""
    return f"{rate(q.target_rate or 0.0)}{unit}"
