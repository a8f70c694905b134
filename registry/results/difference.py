"""Two results side by side: what differs between them, and what does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from ..records import Configuration, Environment
from .stored import StoredResult

ENVIRONMENT, CELL, CONDITIONS, OUTCOME, NUMBERS = "environment", "cell", "conditions", "outcome", "numbers"

_CELL = (
    *("model", "model_source", "model_version", "weights_hash", "scenario", "input_shape", "throughput_unit"),
    *(field.name for field in fields(Configuration)),
    *("seed", "protocol"),
)
_CONDITIONS = (
    *("sm_clock_hz", "memory_clock_hz", "temperature_c", "utilisation", "throttle_reasons"),
    *("free_memory_bytes", "load_average", "steal_s", "involuntary_switches", "throttled_periods"),
    *("cpu_pressure_s", "foreign_processes", "ecc_errors", "suspended_s", "wall_clock_step_s"),
)
_OUTCOME = (
    *("status", "stage", "detail", "exit_code", "signal", "provenance", "source", "assumed", "steady"),
    *("stop_reason", "throughput_stop_reason", "steps_per_sample"),
    *("memory_scope", "rss_source", "energy_source"),  # of what the numbers below are
)
# Each quantity with the columns of its interval, where it has one.
_NUMBERS: dict[str, tuple[str, str] | None] = {
    "throughput": ("throughput_low", "throughput_high"),
    "latency_p50_s": ("latency_p50_low_s", "latency_p50_high_s"),
    "latency_mean_s": None,
    "latency_p90_s": None,
    "latency_p95_s": None,
    "latency_p99_s": None,
    "latency_p90_upper_s": None,
    "latency_p95_upper_s": None,
    "latency_p99_upper_s": None,
    "device_latency_s": None,
    "launch_gap_s": None,
    "peak_memory_bytes": None,
    "peak_rss_bytes": None,
    "idle_rss_bytes": None,
    "peak_allocated_bytes": None,
    "peak_reserved_bytes": None,
    "nvml_used_bytes": None,
    "nvml_process_bytes": None,
    "energy_per_unit_j": None,
    "mean_power_w": None,
    "integrated_power_w": None,
    "idle_power_w": None,
    "import_s": None,
    "load_s": None,
    "first_call_s": None,
    "compile_s": None,
    "graph_breaks": None,
    "recompiles": None,
    "warmup_steps": None,
    "n_samples": None,
    "n_effective": None,
    "n_blocks": None,
    "relative_l2": None,
    "max_abs_error": None,
    "top1_agreement": None,
    "parameters": None,
    "macs_per_sample": None,
    "sampler_cpu_s": None,
}
_CALIBRATION = ("timer_resolution_s", "timer_overhead_s", "null_step_s", "noise")
_NAMES = ("seed", "protocol", "exit_code", "signal")  # numbers that count nothing
_SWEEP = ("git_commit", "git_dirty", "config_hash")


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of two results. ``ratio``: second over first, of numbers > 0.

    ``beyond_noise``: whether the intervals that each result has of the quantity lie apart; None where one
    of them has none.
    """

    section: str
    name: str
    first: Any
    second: Any
    ratio: float | None = None
    beyond_noise: bool | None = None

    @property
    def differs(self) -> bool:
        """Whether the two are not the same; a number that is absent on both sides does not differ."""
        return bool(self.first != self.second)


def difference(first: StoredResult, second: StoredResult) -> tuple[Line, ...]:
    """Every fact that at least one of the two results has.

    What differs comes first: environment, cell, conditions of the measurement, outcome and flags, then the
    numbers, the headline before the rest. What is the same follows in the same order.
    """
    lines = [line for line in _lines(first, second) if (line.first, line.second) != (None, None)]
    order = (ENVIRONMENT, CELL, CONDITIONS, OUTCOME, NUMBERS)
    return tuple(sorted(lines, key=lambda line: (not line.differs, order.index(line.section))))


def _lines(first: StoredResult, second: StoredResult) -> Iterator[Line]:
    a, b = first.row, second.row
    for field in fields(Environment):
        one, other = first.environment.get(field.name), second.environment.get(field.name)
        yield Line(ENVIRONMENT, field.name, one, other)
    yield from _same_keys(ENVIRONMENT, _SWEEP, first.sweep, second.sweep)
    yield from _same_keys(CELL, _CELL, a, b)
    yield from _same_keys(CONDITIONS, _CONDITIONS, a, b)
    yield from _same_keys(CONDITIONS, _CALIBRATION, first.calibration, second.calibration)
    yield Line(OUTCOME, "flags", _flags(a, b), _flags(b, a))
    yield from _same_keys(OUTCOME, _OUTCOME, a, b)
    yield from (_number(name, bounds, a, b) for name, bounds in _NUMBERS.items())


def _same_keys(
    section: str, names: tuple[str, ...], a: Mapping[str, Any], b: Mapping[str, Any]
) -> Iterator[Line]:
    for name in names:
        ratio = None if name in _NAMES else _ratio(a.get(name), b.get(name))
        yield Line(section, name, a.get(name), b.get(name), ratio)


def _flags(row: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """The flags of a row, those that the other lacks first."""
    flags, others = row["flags"].split(","), set(other["flags"].split(","))
    return ", ".join(filter(None, sorted(flags, key=lambda flag: (flag in others, flag))))


def _number(name: str, bounds: tuple[str, str] | None, a: Mapping[str, Any], b: Mapping[str, Any]) -> Line:
    return Line(NUMBERS, name, a[name], b[name], _ratio(a[name], b[name]), _apart(bounds, a, b))


def _apart(bounds: tuple[str, str] | None, a: Mapping[str, Any], b: Mapping[str, Any]) -> bool | None:
    if bounds is None:
        return None
    low, high = bounds
    if None in (a[low], a[high], b[low], b[high]):
        return None
    return bool(a[high] < b[low] or b[high] < a[low])


def _ratio(first: Any, second: Any) -> float | None:
    numbers = all(isinstance(x, int | float) and not isinstance(x, bool) and x > 0 for x in (first, second))
    return second / first if numbers else None
