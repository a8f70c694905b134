"""The answer for a mix of models as JSON, CSV or Markdown, with full precision where machines read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from .. import units
from ..workloads import MixRow, WorkloadAnswer
from . import wording, workload_text
from .export import cell, json_text
from .markdown import bullets, section, table
from .spending import spent
from .text import csv_line, markdown_cell

JSON_FORMAT = "fitment.workload"
JSON_VERSION = 1
LEFT = frozenset({"hardware", "worst part"})
OF_ROW = (
    "rank", "p_best", "expected_rank", "rank_low", "rank_high", "hardware", "runnable",
    "throughput_score", "latency_score", "memory_score", "cost_score", "energy_score", "compatibility",
    "cost_per_1k_usd", "energy_per_unit_j",
)  # fmt: skip
OF_PART = ("throughput", "latency_s", "latency_statistic", "memory_bytes", "memory_scope", "n", "env_id",
           "reason", "remedy")  # fmt: skip
CSV_COLUMNS = (
    "row", *OF_ROW[:5], "in_tie_group", *OF_ROW[5:], "certainty", "part", "share",
    "everywhere", "model", "model_version", "scenario", "input_shape",
    "batch", "precision", "compile_mode", "memory_format", "n_devices", "threads", "cache_state", "pinning",
    "throughput", "throughput_unit", "latency_s", "latency_statistic", "memory_bytes", "memory_scope", "n",
    "part_throughput_score", "part_latency_score", "part_memory_score", "part_compatibility",
    "part_cost_per_1k_usd", "part_energy_per_unit_j",
    "env_id", "result_ids", "reason", "remedy", "shortfall",
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
                **{name: own[name] for name in OF_PART},
                "row": "recommended",
                "in_tie_group": "yes" if row.hardware in answer.tie_group else "no",
                "certainty": answer.certainty,
                "part": place,
                "share": share,
                "everywhere": "yes" if everywhere else "no",
                "result_ids": " ".join(map(str, part.result_ids)),
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
    yield from section("Notes", answer.notes)
    yield from section("Columns", workload_text.columns(answer))


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
        *("compatibility", "worst part"),
    )
    return columns, [_cells(row, answer) for row in answer.rows]


def _cells(row: MixRow, answer: WorkloadAnswer) -> tuple[str, ...]:
    others = wording.rank_interval(row)
    quantities = spent(answer)
    scores = (row.throughput_score, row.latency_score, row.memory_score)
    return (
        f"{row.rank} ({others})" if others and others != str(row.rank) else str(row.rank),
        *((units.probability(row.p_best),) if answer.certainty else ()),
        row.hardware,
        f"{row.runnable}/{len(answer.groups)}",
        *(column.value(row) for column in quantities),
        *map(units.score, scores),
        *(units.score(column.score(row)) for column in quantities),
        units.score(row.compatibility),
        workload_text.worst(row, answer),
    )
