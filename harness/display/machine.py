"""A device of this machine as a person reads it: its facts, what runs on it, and what it reaches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from rich.console import Group, RenderableType
from rich.text import Text

from ...registry import units
from ...registry.records import Calibration, Ceiling
from ...registry.report.screen import ruled_table
from ...registry.report.tables import facts_table
from ...registry.report.text import terminal
from ...registry.results.calibrations import Calibrated
from ..calibration.ridge import best_bytes_per_s, operation, ridge
from ..probe import ProbedDevice

UNMEASURED = "not measured: `fitment devices --measure` does it"
PREFIXES = ((1e6, "M"), (1e9, "G"), (1e12, "T"), (1e15, "P"))


def device_table(device: ProbedDevice, calibrated: Calibrated | None) -> RenderableType:
    """The device's facts, and its measured roofline where one is known."""
    ceilings = calibrated.ceilings if calibrated else None
    facts = facts_table(device.name, ("what", "value"), list(_facts(device, calibrated)))
    return Group(facts, Text(), _roofline(ceilings)) if ceilings else facts


def _facts(device: ProbedDevice, calibrated: Calibrated | None) -> Iterator[tuple[str, str]]:
    environment = device.environment
    yield "hardware", device.hardware
    yield "environment", environment.id
    yield "memory", units.size(environment.device_memory_bytes)
    for label, value in (
        ("driver", environment.driver),
        ("cuda", environment.cuda),
        ("torch", environment.torch),
        ("python", environment.python),
        ("governor", environment.governor),
        ("threads", environment.thread_settings),
    ):
        yield label, value or units.ABSENT
    yield from _capabilities("precision", device.precisions)
    yield from _capabilities("compile mode", device.compile_modes)
    yield from _own_cost(device)
    yield "A/A noise", _noise(calibrated.noise if calibrated else None)
    if not (calibrated and calibrated.ceilings):
        yield "roofline", UNMEASURED


def _capabilities(noun: str, reasons: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    yield f"{noun}s", ", ".join(name for name, reason in reasons.items() if reason is None) or units.ABSENT
    for name, reason in reasons.items():
        if reason is not None:
            yield f"no {name}", reason


def _own_cost(device: ProbedDevice) -> Iterator[tuple[str, str]]:
    cost = device.own_cost
    if cost is None:
        return
    yield (
        "timer",
        f"steps of {_nanoseconds(cost.timer_resolution_s)}, {_nanoseconds(cost.timer_overhead_s)} a use",
    )
    yield "null step", f"{units.seconds(cost.null_step_s)}: a model that does nothing"
    if cost.sampler_cpu_share is not None:
        yield "power sampler", f"{_percent(cost.sampler_cpu_share)} of one core"


def _noise(calibration: Calibration | None) -> str:
    if calibration is None or calibration.noise is None:
        return UNMEASURED
    return (
        f"{_percent(calibration.noise)} between {calibration.noise_processes} processes, {_day(calibration)}"
    )


def _roofline(calibration: Calibration) -> RenderableType:
    """A row for each precision that reaches anything, a reason for each other."""
    ceilings = calibration.ceilings
    memory = best_bytes_per_s(ceilings)
    table = ruled_table()
    for name in ("precision", "matrix product", "±", "rows", "triad", "±", "ridge"):
        table.add_column(name, justify="left" if name == "precision" else "right", no_wrap=True)
    for each in ceilings:
        if each.operations_per_s is not None or each.bytes_per_s is not None:
            table.add_row(*(Text(terminal(cell)) for cell in _cells(each, memory)))
    reasons = [f"no {each.precision}: {each.detail}" for each in ceilings if each.detail]
    lines = [*reasons, *_legend(ceilings, calibration)]
    return Group(Text("roofline", style="bold"), table, Text("\n".join(map(terminal, lines))))


def _cells(ceiling: Ceiling, memory: float | None) -> tuple[str, ...]:
    noun = operation(ceiling.precision)
    bend = ridge(ceiling, memory)
    return (
        ceiling.precision,
        _per_second(ceiling.operations_per_s, noun),
        _percent(ceiling.operations_spread),
        units.count(ceiling.product_size),
        _per_second(ceiling.bytes_per_s, "B"),
        _percent(ceiling.bytes_spread),
        units.ABSENT if bend is None else f"{units.number(bend)} {noun}/byte",
    )


def _legend(ceilings: Sequence[Ceiling], calibration: Calibration) -> Iterator[str]:
    buffers = [each.buffer_bytes for each in ceilings if each.buffer_bytes is not None]
    size = f" of {units.size(min(buffers))} each" if buffers else ""
    yield f"measured {_day(calibration)}; ±: between the quartiles of its blocks"
    yield f"triad: a = b + s·c over three arrays{size}"
    yield "ridge: the product over the best triad; with less work a byte, memory is the limit"


def _per_second(value: float | None, noun: str) -> str:
    if value is None:
        return units.ABSENT
    factor, prefix = next((pair for pair in reversed(PREFIXES) if value >= pair[0]), PREFIXES[0])
    return f"{units.number(value / factor)} {prefix}{noun}/s"


def _percent(share: float | None) -> str:
    return units.ABSENT if share is None else f"{units.number(100 * share)} %"


def _nanoseconds(seconds: float) -> str:
    return f"{1e9 * seconds:,.0f} ns" if seconds < 1e-6 else units.seconds(seconds)


def _day(calibration: Calibration) -> str:
    """To the minute: whether it was before or after the machine was changed."""
    return f"{datetime.fromisoformat(calibration.recorded_at).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
