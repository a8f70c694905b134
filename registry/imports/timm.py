"""timm's published benchmark results, ``results/benchmark-*.csv`` of huggingface/pytorch-image-models.

One row is one (model, image size) on the device that the file name states: mean step time in ms per
batch, samples/s, millions of parameters, 1e9 MACs per sample. No memory, spread, repeats or failed
rows are published (an out-of-memory shows only as a smaller batch).
"""

from __future__ import annotations

from pathlib import Path

from ..records import OK, Cell, Configuration, Measurement, content_hash
from ..results.append import Reject
from .numerals import BadNumberError, count, non_negative, positive
from .parsed import Parsed
from .source import read_source, read_table
from .timm_name import FileFacts, file_facts

# What the files don't state; the values are the defaults of Configuration.
ASSUMED = "n_devices,threads,cache_state,pinning"
# samples/s × step time / batch is 0.97–1.07 on the published rows; far outside, units are mixed.
CONSISTENT = (0.5, 2.0)
LARGEST_SIZE = 1e9  # of a model, in millions of parameters or 1e9 MACs
UNITS_SUSPECT = "units_suspect"


def read(path: Path) -> Parsed:
    """The rows of a timm result file; a row without sound metrics is a reject with its line and reason.

    ``recorded_at`` of the rows is empty: upstream gives no date, storing them does. Raises ImportFileError,
    with nothing stored, where the file as a whole is not one of timm's.
    """
    facts = file_facts(path)
    source = read_source(path)
    table = read_table(source, _required(facts))
    rows: list[Measurement] = []
    rejects: list[Reject] = []
    for line, fields in table.rows:
        try:
            rows.append(_measurement(facts, line, fields))
        except BadNumberError as error:
            rejects.append(Reject(line, str(error)))
    warnings = _warnings(path, rows)
    return Parsed(facts.file, source.sha256, tuple(rows), (facts.environment,), tuple(rejects), warnings)


def _required(facts: FileFacts) -> tuple[str, ...]:
    names = ("img_size", "samples_per_sec", "step_time", "batch_size")
    return ("model", *(f"{facts.prefix}_{name}" for name in names))


def _measurement(facts: FileFacts, line: int, fields: dict[str, str]) -> Measurement:
    model_column, size_column, rate_column, step_column, batch_column = _required(facts)
    model = fields[model_column].strip()
    if not model:
        raise BadNumberError("model is empty")
    size = count(size_column, fields[size_column])
    rate = positive(rate_column, fields[rate_column])
    step_ms = positive(step_column, fields[step_column])
    batch = count(batch_column, fields[batch_column])
    macs = _optional(fields, f"{facts.prefix}_gmacs")
    parameters = _optional(fields, "param_count")
    return Measurement(
        cell=_cell(facts, model, size, batch),
        env_id=facts.environment.id,
        status=OK,
        recorded_at="",
        provenance="imported",
        source=facts.file,
        source_line=line,
        row_key=content_hash(["timm", facts.file, [model, size, batch, rate, step_ms]]),
        assumed=ASSUMED,
        flags="" if _consistent(rate, step_ms, batch) else UNITS_SUSPECT,
        latency_mean_s=step_ms / 1e3,
        throughput=rate,
        parameters=None if parameters is None else round(parameters * 1e6),
        macs_per_sample=None if macs is None else float(round(macs * 1e9)),
    )


def _cell(facts: FileFacts, model: str, size: int, batch: int) -> Cell:
    return Cell(
        model=model,
        model_source="published",
        model_version="",
        scenario=facts.scenario,
        device_kind=facts.environment.device_kind,
        hardware=facts.environment.hardware,
        input_shape=f"3x{size}x{size}",
        configuration=Configuration(
            batch=batch,
            precision=facts.precision,
            compile_mode=facts.compile_mode,
            memory_format=facts.memory_format,
        ),
    )


def _optional(fields: dict[str, str], column: str) -> float | None:
    """The number in a column that some files lack or leave empty; None too where it was rounded to 0."""
    text = fields.get(column, "")
    if not text.strip():
        return None
    value = non_negative(column, text)
    if value > LARGEST_SIZE:
        raise BadNumberError(f"{column} is too large: {text.strip()[:40]!r}")
    return value or None


def _consistent(rate: float, step_ms: float, batch: int) -> bool:
    return CONSISTENT[0] <= rate * step_ms / 1e3 / batch <= CONSISTENT[1]


def _warnings(path: Path, rows: list[Measurement]) -> tuple[str, ...]:
    suspect = [row for row in rows if row.flags == UNITS_SUSPECT]
    if not suspect:
        return ()
    first = suspect[0]
    ratio = (first.throughput or 0.0) * (first.latency_mean_s or 0.0) / first.cell.configuration.batch
    more = f" (and {len(suspect) - 1} more rows)" if len(suspect) > 1 else ""
    return (
        f"{path}:{first.source_line}: samples/s × step time / batch is {ratio:.3g} instead of about 1{more}: "
        "the step time must be in ms per batch; the rows are kept, flagged units_suspect",
    )
