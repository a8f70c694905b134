"""The hardware catalogue on a terminal: a line for each device, or all that is known of one."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType

from ..catalogue.known_hardware import KnownHardware
from .listing import Columns
from .tables import facts_table


def _figure(value: float | None) -> str | None:
    return None if value is None else f"{value:,.6g}"


COLUMNS: Columns = {
    "device": lambda e: e.name,
    "GiB": lambda e: _figure(e.memory_gib),
    "fp32": lambda e: _figure(e.fp32_tflops),
    "fp16": lambda e: _figure(e.fp16_tflops),
    "bf16": lambda e: _figure(e.bf16_tflops),
    "GB/s": lambda e: _figure(e.bandwidth_gb_s),
    "W": lambda e: _figure(e.tdp_w),
    "figures": lambda e: e.confidence,
    "results of": lambda e: e.results,
}


def device_facts(e: KnownHardware) -> RenderableType:
    """All that the catalogue knows of one device."""
    peaks = {
        "fp32": e.fp32_tflops, "tf32": e.tf32_tflops, "fp16": e.fp16_tflops, "bf16": e.bf16_tflops,
        "fp8": e.fp8_tflops, "int8": e.int8_tops,
    }  # fmt: skip
    rows: Sequence[tuple[str, str | None]] = (
        ("kind", f"{e.vendor} {e.kind}, {e.arch}"),
        ("found as", f"{e.name}; {e.aliases}"),
        ("cores", _figure(e.cores)),
        ("memory", f"{_figure(e.memory_gib)} GiB ({e.memory_basis})" if e.memory_gib else None),
        *(
            (f"{p} peak", f"{value:,.6g} T{'OP' if p == 'int8' else 'FLOP'}/s")
            for p, value in peaks.items()
            if value
        ),
        ("bandwidth", f"{_figure(e.bandwidth_gb_s)} GB/s" if e.bandwidth_gb_s else None),
        ("TDP", f"{_figure(e.tdp_w)} W" if e.tdp_w else None),
        ("figures are", e.confidence),
        ("source", e.source),
        ("note", e.note),
        ("results of", e.results),
    )
    return facts_table(e.name, ("fact", "value"), [(name, value) for name, value in rows if value])
