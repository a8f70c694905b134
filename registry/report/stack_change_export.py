"""A comparison of two stacks as JSON or CSV: full precision, every configuration, with result ids."""

from __future__ import annotations

from dataclasses import asdict

from ..changes.stack_change import StackComparison
from ..changes.stack_judgement import StackChange
from .export import cell, json_text
from .text import csv_line

JSON_FORMAT = "fitment.stack_comparison"
JSON_VERSION = 1
CSV_COLUMNS = (
    "hardware", "stack_1", "stack_2", "model", "model_version", "scenario", "input_shape",
    "batch", "precision", "compile_mode", "memory_format", "n_devices", "threads", "cache_state", "pinning",
    "throughput_1", "throughput_2", "throughput_unit", "ratio", "beyond", "low", "high",
    "p_value", "adjusted_p", "judgement", "basis", "n_1", "n_2", "env_id_1", "env_id_2",
    "result_ids_1", "result_ids_2",
)  # fmt: skip


def to_json(comparison: StackComparison) -> str:
    """One JSON object: format and version, then the comparison's fields; ``shift`` and ``sd`` in ln ratio."""
    return json_text({"format": JSON_FORMAT, "version": JSON_VERSION} | asdict(comparison))


def to_csv(comparison: StackComparison) -> str:
    """CSV with a header, a line for each configuration that was compared."""
    lines = [_line(comparison, row) for row in comparison.rows]
    return "".join(map(csv_line, [CSV_COLUMNS, *lines]))


def _line(comparison: StackComparison, row: StackChange) -> list[str]:
    shared = {
        "hardware": comparison.hardware,
        "stack_1": comparison.first.id,
        "stack_2": comparison.second.id,
    }
    ids = {name: " ".join(map(str, getattr(row, name))) for name in ("result_ids_1", "result_ids_2")}
    cells = shared | asdict(row) | asdict(row.configuration) | ids
    return [cell(cells[column]) for column in CSV_COLUMNS]
