"""The answer for a mix of models as JSON, CSV or Markdown, with full precision where machines read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from .. import units
from ..workloads import MixRow, WorkloadAnswer
from . import workload_text
from .export import cell, json_text
from .markdown import bullets, section, table
from .text import csv_line, markdown_cell

JSON_FORMAT = "fitment.workload"
JSON_VERSION = 1
COLUMNS = ("rank", "hardware", "runs", "T", "L", "M", "compatibility", "worst part")
CSV_COLUMNS = (
    "rank", "hardware", "runnable", "throughput_score", "latency_score", "memory_score", "compatibility",
    "part", "share", "everywhere", "model", "model_version", "scenario", "input_shape",
    "batch", "precision", "compile_mode", "memory_format", "n_devices", "threads", "cache_state", "pinning",
    "throughput", "throughput_unit",
    "part_throughput_score", "part_latency_score", "part_memory_score", "part_compatibility",
    "env_id", "result_ids", "reason", "remedy",
)  # fmt: skip


def to_json(answer: WorkloadAnswer) -> str:
    """``answer`` as one JSON object in ASCII: the fields of ``registry.workloads.WorkloadAnswer``."""
    return json_text({"format": JSON_FORMAT, "version": JSON_VERSION} | asdict(answer))


def to_csv(answer: WorkloadAnswer) -> str:
    """``answer`` as CSV: a line for each part of each hardware; an empty cell is "not known"."""
    lines = [line for row in answer.rows for line in _csv_rows(row, answer)]
    cells = [[cell(line.get(column)) for column in CSV_COLUMNS] for line in lines]
    return "".join(map(csv_line, [CSV_COLUMNS, *cells]))


def to_markdown(answer: WorkloadAnswer) -> str:
    """``answer`` as a Markdown document: what the terminal shows, in its rounding."""
    return "\n".join(_lines(answer)) + "\n"


def _csv_rows(row: MixRow, answer: WorkloadAnswer) -> Iterator[dict[str, object]]:
    places = zip(answer.groups, answer.shares, answer.everywhere, row.parts, strict=True)
    for place, (group, share, everywhere, part) in enumerate(places, 1):
        own = asdict(part)
        named = {f"part_{name}": own[name] for name in own if f"part_{name}" in CSV_COLUMNS}
        configuration = asdict(part.configuration) if part.configuration else {}
        yield (
            asdict(group)
            | configuration
            | named
            | {
                **{name: getattr(row, name) for name in CSV_COLUMNS[:7]},
                "part": place,
                "share": share,
                "everywhere": "yes" if everywhere else "no",
                "throughput": part.throughput,
                "env_id": part.env_id,
                "result_ids": " ".join(map(str, part.result_ids)),
                "reason": part.reason,
                "remedy": part.remedy,
            }
        )


def _lines(answer: WorkloadAnswer) -> Iterator[str]:
    yield f"# {markdown_cell(workload_text.title(answer))}"
    yield ""
    yield from bullets(workload_text.heading(answer))
    if answer.rows:
        yield ""
        right = frozenset(COLUMNS) - {"hardware", "worst part"}
        yield from table(COLUMNS, [_cells(row, answer) for row in answer.rows], right)
    for row in answer.rows:
        found = [f"{line}: {remedy}" if remedy else line for line, remedy in workload_text.parts(row, answer)]
        yield from section(markdown_cell(row.hardware), found)
    if answer.rejected:
        yield from ("", "## Rejected", "")
        entries = [(entry.hardware, entry.reason, entry.remedy or "") for entry in answer.rejected]
        yield from table(("hardware", "reason", "remedy"), entries)
    yield from section("Notes", answer.notes)


def _cells(row: MixRow, answer: WorkloadAnswer) -> tuple[str, ...]:
    scores = (row.throughput_score, row.latency_score, row.memory_score, row.compatibility)
    return (
        str(row.rank),
        row.hardware,
        f"{row.runnable}/{len(answer.groups)}",
        *map(units.score, scores),
        workload_text.worst(row, answer),
    )
