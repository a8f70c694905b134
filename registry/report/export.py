"""An answer as JSON, CSV or Markdown: deterministic, every row with its evidence and result ids.

JSON and CSV carry full precision and SI base units; Markdown carries what the terminal table shows.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import Any

from ..answers import Answer, Recommendation, Rejected
from .markdown import to_markdown
from .text import csv_line, script_inert

__all__ = ["to_csv", "to_json", "to_markdown"]

JSON_FORMAT = "fitment.answer"
JSON_VERSION = 1


def to_json(answer: Answer) -> str:
    """``answer`` as one JSON object in ASCII, indented; a missing figure is null, NaN can't appear.

    Keys: format and version, then the fields of ``registry.answers.Answer`` and of the records in it, by
    their own names, in their order; ``inherited`` only where something is.
    """
    told = asdict(answer)
    _leave_out_nothing(told)
    return json_text({"format": JSON_FORMAT, "version": JSON_VERSION} | told)


def _leave_out_nothing(told: dict[str, Any]) -> None:
    """Takes ``inherited`` out of an answer, and out of those in it, where nothing is."""
    for each in told["inherited"]:
        _leave_out_nothing(each["answer"])
    if not told["inherited"]:
        del told["inherited"]


def json_text(body: dict[str, Any]) -> str:
    """``body`` as JSON in ASCII, indented, inert in a script element; null for what is no finite number."""
    text = json.dumps(_finite(body), indent=2, ensure_ascii=True, allow_nan=False)
    return script_inert(text) + "\n"


def _finite(value: Any) -> Any:
    """``value`` with None for every float that JSON has no word for."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(entry) for entry in value]
    return value


def to_csv(answer: Answer) -> str:
    """``answer`` as CSV with a header: a line per recommended, per rejected, then per inherited hardware.

    ``row`` says which of them a line is, ``model`` whose results it shows; result ids and flags are
    separated by spaces; an empty cell is "not measured" or "not applicable". Lines and cells follow
    ``text.csv_line``.
    """
    lines = [*_recommended(answer), *(_shared_cells(answer) | _rejected_cells(e) for e in answer.rejected)]
    lines += [line | {"row": "inherited"} for each in answer.inherited for line in _recommended(each.answer)]
    table = [[cell(line.get(column)) for column in CSV_COLUMNS] for line in lines]
    return "".join(map(csv_line, [CSV_COLUMNS, *table]))


CSV_COLUMNS = (
    "row", "rank", "p_best", "expected_rank", "rank_low", "rank_high", "in_tie_group", "front", "hardware",
    "batch", "precision", "compile_mode", "memory_format", "n_devices", "threads", "cache_state", "pinning",
    "throughput", "throughput_low", "throughput_high", "throughput_unit",
    "latency_s", "latency_low", "latency_high", "latency_statistic", "interval_basis",
    "memory_bytes", "memory_scope",
    "usd_per_device_hour", "cost_per_1k_usd", "energy_per_unit_j",
    "throughput_score", "latency_score", "memory_score", "cost_score", "energy_score",
    "compatibility", "n", "confidence", "suitability",
    "coverage", "not_run", "max_ok_batch", "devices", "devices_low", "devices_high",
    "evidence_tier", "evidence_source", "env_id", "result_ids", "flags", "beyond",
    "reason", "remedy", "shortfall",
    "model", "model_version", "scenario", "input_shape",
    "profile", "weight_throughput", "weight_latency", "weight_memory", "weight_cost", "weight_energy",
    "certainty",
)  # fmt: skip


def cell(value: object) -> str:
    """A CSV cell's text: in full precision, empty for what is not known."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    return value if isinstance(value, str) else repr(value)


def _shared_cells(answer: Answer) -> dict[str, object]:
    weights = {f"weight_{name}": value for name, value in asdict(answer.weights).items()}
    return asdict(answer.group) | {"profile": answer.profile, "certainty": answer.certainty} | weights


def _recommended(answer: Answer) -> list[dict[str, object]]:
    shared, tied = _shared_cells(answer), set(answer.tie_group)
    return [shared | _recommended_cells(row, row.hardware in tied) for row in answer.rows]


def _recommended_cells(row: Recommendation, tied: bool) -> dict[str, object]:
    cells: dict[str, object] = {"row": "recommended"} | asdict(row) | asdict(row.configuration)
    return cells | {
        "in_tie_group": "yes" if tied else "no",
        "evidence_tier": row.evidence.tier,
        "evidence_source": row.evidence.source,
        "result_ids": " ".join(map(str, row.evidence.result_ids)),
        "flags": " ".join(row.flags),
    }


def _rejected_cells(entry: Rejected) -> dict[str, object]:
    return {"row": "rejected"} | asdict(entry)
