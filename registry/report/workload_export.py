"""The answer for a mix of models as JSON, CSV or Markdown, with full precision where machines read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from .. import units
from ..workloads import MixRow, WorkloadAnswer
from . import workload_explanation, workload_text
from .export import cell, json_text
from .markdown import bullets, section, table
from .record_page import ranked
from .spending import spent
from .text import csv_line, markdown_cell

JSON_FORMAT = "fitment.workload"
JSON_VERSION = 1
LEFT = frozenset({"hardware", "worst part"})
OF_ROW = (
    "rank", "p_best", "expected_rank", "rank_low", "rank_high", "hardware", "runnable",
    "throughput_score", "latency_score", "memory_score", "cost_score", "energy_score", "compatibility",
    "cost_per_1k_usd", "energy_per_unit_j", "confidence", "suitability",
    "devices", "devices_low", "devices_high", "usd_per_device_hour",
)  # fmt: skip
RATES = ("throughput", "throughput_low", "throughput_high")  # of the mix: mix_throughput …
OF_PART = (*RATES, "interval_basis", "latency_s", "latency_statistic", "memory_bytes", "memory_scope", "n",
           "env_id", "reason", "remedy")  # fmt: skip
CSV_COLUMNS = (
    "row", *OF_ROW[:5], "in_tie_group", *OF_ROW[5:], *(f"mix_{rate}" for rate in RATES), "certainty",
    "part", "share", "everywhere", "model", "model_version", "scenario", "input_shape",
    "batch", "precision", "compile_mode", "memory_format", "n_devices", "threads", "cache_state", "pinning",
    *RATES, "throughput_unit", "interval_basis",
    "latency_s", "latency_statistic", "memory_bytes", "memory_scope", "n",
    "part_throughput_score", "part_latency_score", "part_memory_score", "part_compatibility",
    "part_cost_per_1k_usd", "part_energy_per_unit_j",
    "env_id", "result_ids", "flags", "reason", "remedy", "shortfall",
)  # fmt: skip


def to_json(answer: WorkloadAnswer) -> str:
    """``answer`` as one JSON object in ASCII: the fields of ``registry.workloads.WorkloadAnswer``."""
    return json_text({"format": JSON_FORMAT, "version": JSON_VERSION} | asdict(answer))


def to_csv(answer: WorkloadAnswer) -> str:
    """``answer`` as CSV; an empty cell is "not known".

    A line for each part of each recommended hardware, then one for each rejected one.
    """
    lines = [line for row in answer.rows for line in _csv_rows(row, answer)]
    lines += [{"row": "rejected"} | asdict(entry) for entry in answer.rejected]
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
                **{name: getattr(row, name) for name in OF_ROW},
                **{f"mix_{name}": getattr(row, name) for name in RATES},
                **{name: own[name] for name in OF_PART},
                "row": "recommended",
                "in_tie_group": "yes" if row.hardware in answer.tie_group else "no",
                "certainty": answer.certainty,
                "part": place,
                "share": share,
                "everywhere": "yes" if everywhere else "no",
                "result_ids": " ".join(map(str, part.result_ids)),
                "flags": " ".join(part.flags),
            }
        )


def _lines(answer: WorkloadAnswer) -> Iterator[str]:
    yield f"# {markdown_cell(workload_text.title(answer))}"
    yield ""
    yield from bullets(workload_text.heading(answer))
    if answer.rows:
        yield ""
        columns, rows = ranking(answer)
        yield from table(columns, rows, frozenset(columns) - LEFT)
    for row in answer.rows:
        found = [f"{line}: {remedy}" if remedy else line for line, remedy in workload_text.parts(row, answer)]
        yield from section(markdown_cell(row.hardware), found)
    if answer.rejected:
        yield from ("", "## Rejected", "")
        entries = [(entry.hardware, entry.reason, entry.remedy or "") for entry in answer.rejected]
        yield from table(("hardware", "reason", "remedy"), entries)
    yield from section("Notes", (*answer.notes, *workload_explanation.beside(answer)))
    for row in answer.rows:
        yield from _explanation(row, answer)
    yield from section("Columns", workload_text.columns(answer))


def _explanation(row: MixRow, answer: WorkloadAnswer) -> Iterator[str]:
    """How a row and each of its parts were scored, where they are explained."""
    if not workload_explanation.is_explained(row):
        return
    why = f"Why {markdown_cell(row.hardware)} has rank {row.rank}"
    yield from section(why, workload_explanation.lines(row, answer))
    for place in range(len(row.parts)):
        name, lines, command = workload_explanation.of_part(row, place, answer)
        yield from ("", f"### {markdown_cell(name)}", "")
        yield from bullets((*lines, *((command,) if command else ())))


def ranking(answer: WorkloadAnswer) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The columns of the ranking and a row of texts for each hardware."""
    quantities = spent(answer)
    columns = (
        "rank",
        *(("P(best)",) if answer.certainty else ()),
        *("hardware", "runs"),
        *(f"{column.name}, {column.unit}" for column in quantities),
        *("T", "L", "M"),
        *(column.letter for column in quantities),
        "compatibility",
        *(("suitability",) if answer.question.rank_by == "suitability" else ()),
        "worst part",
    )
    return columns, [_cells(row, answer) for row in answer.rows]


def _cells(row: MixRow, answer: WorkloadAnswer) -> tuple[str, ...]:
    quantities = spent(answer)
    scores = (row.throughput_score, row.latency_score, row.memory_score)
    return (
        ranked(row),
        *((units.probability(row.p_best),) if answer.certainty else ()),
        row.hardware,
        f"{row.runnable}/{len(answer.groups)}",
        *(column.value(row) for column in quantities),
        *map(units.score, scores),
        *(units.score(column.score(row)) for column in quantities),
        units.score(row.compatibility),
        *((units.score(row.suitability),) if answer.question.rank_by == "suitability" else ()),
        workload_text.worst(row, answer),
    )
