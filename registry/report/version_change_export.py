"""A comparison of two versions as JSON or CSV: full precision, SI base units, result ids in every row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from ..changes.version_change import ConfigurationChange, HardwareChange, VersionComparison
from ..changes.version_sides import Side
from .export import cell, json_text
from .text import csv_line

JSON_FORMAT = "fitment.version_comparison"
JSON_VERSION = 1
RATIOS = ("throughput", "latency", "memory")
CSV_COLUMNS = (
    "model", "version_1", "version_2", "snapshot_1", "snapshot_2", "scenario", "input_shape",
    "throughput_unit", "hardware_type", "compatibility_1", "compatibility_2", "compatibility_change",
    "hardware_judgement", "flags", "stack_1", "stack_2", "torch_1", "torch_2",
    "batch", "precision", "compile_mode", "memory_format", "n_devices", "threads", "cache_state", "pinning",
    "judgement", "status_1", "status_2", "configuration_compatibility_1", "configuration_compatibility_2",
    *(f"{name}_ratio{part}" for name in RATIOS for part in ("", "_low", "_high")),
    "interval_basis", "n_1", "n_2", "env_id_1", "env_id_2",
    "result_ids_1", "result_ids_2",
)  # fmt: skip


def to_json(comparison: VersionComparison) -> str:
    """One JSON object: format and version, then the comparison's fields, without what the sides stand on."""
    body = {
        "format": JSON_FORMAT,
        "version": JSON_VERSION,
        "model": comparison.model,
        "first": _side(comparison.first),
        "second": _side(comparison.second),
        "weights": asdict(comparison.weights) if comparison.weights else None,
        "rows": [asdict(row) for row in comparison.rows],
        "notes": comparison.notes,
    }
    return json_text(body)


def to_csv(comparison: VersionComparison) -> str:
    """CSV with a header, a line for each configuration of each hardware; an empty cell is "not known"."""
    lines = [[_cell(line.get(column)) for column in CSV_COLUMNS] for line in _lines(comparison)]
    return "".join(map(csv_line, [CSV_COLUMNS, *lines]))


def _side(side: Side) -> dict[str, Any]:
    names = ("tag", "snapshot", "results", "since", "gone")
    made_at = f"{side.made_at.isoformat()}Z" if side.made_at else None
    return {name: getattr(side, name) for name in names} | {"made_at": made_at}


def _cell(value: object) -> str:
    """Lists are written with spaces between."""
    return " ".join(map(str, value)) if isinstance(value, tuple) else cell(value)


def _lines(comparison: VersionComparison) -> Iterator[dict[str, object]]:
    shared: dict[str, object] = {
        "model": comparison.model,
        "version_1": comparison.first.tag,
        "version_2": comparison.second.tag,
        "snapshot_1": comparison.first.snapshot,
        "snapshot_2": comparison.second.snapshot,
    }
    for row in comparison.rows:
        own = {name: getattr(row, name) for name in CSV_COLUMNS if name in HardwareChange.__slots__}
        for change in row.configurations:
            yield shared | own | {"hardware_judgement": row.judgement} | _cells(change)


def _cells(change: ConfigurationChange) -> dict[str, object]:
    cells: dict[str, object] = asdict(change.configuration) | {
        name: getattr(change, name)
        for name in CSV_COLUMNS
        if name in ConfigurationChange.__slots__ and not name.startswith("compatibility")
    }
    cells["configuration_compatibility_1"] = change.compatibility_1
    cells["configuration_compatibility_2"] = change.compatibility_2
    for name in RATIOS:
        ratio = getattr(change, name)
        if ratio is not None:
            cells |= {
                f"{name}_ratio": ratio.value,
                f"{name}_ratio_low": ratio.low,
                f"{name}_ratio_high": ratio.high,
            }
    cells["interval_basis"] = change.throughput.basis if change.throughput else None
    return cells
