"""What a store holds, as tables for other programs: results, estimates, scores; in batches.

Results, of which there may be millions, are read and sorted range after range of their ids, never at once.

Every row has its ``env_id`` and its result ids; units stand in the names of columns (that of a throughput in
``throughput_unit``); times are UTC; what is not known is null, never 0.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from ..catalogue.naming import find_model
from ..errors import NoResultsError, UnknownNameError
from .behind import changes_unknown_to_scores
from .estimates import estimate_table, hardware_names
from .id_ranges import id_ranges

WHAT = ("results", "estimates", "scores")
BATCH = 4096  # rows
KEPT = "1GB"
# As they were measured: also what was retracted, with the reason, and failures.
RESULTS = """
SELECT r.id AS result_id, r.model, r.model_version, v.version_tag AS linked_version, x.reason AS retracted,
    r.* EXCLUDE (id, seq, model_id, hardware_id, candidate_id, kind_id, model, model_version)
FROM performance_results r
    LEFT JOIN version_results l ON l.result_id = r.id
    LEFT JOIN model_registry_versions v ON v.id = l.version_id AND v.deleted_at IS NULL
    LEFT JOIN (SELECT result_id, min(reason) AS reason FROM retractions GROUP BY ALL) x ON x.result_id = r.id
"""
ESTIMATES = """
SELECT model, model_version, scenario, input_shape, throughput_unit, hardware, device_kind,
    batch, precision, compile_mode, memory_format, n_devices, threads, cache_state, pinning,
    env_id, stack, torch, status, n, n_tried,
    throughput, throughput_low, throughput_high, latency_p95_s, latency_p50_s, latency_mean_s,
    latency_low AS latency_low_s, latency_high AS latency_high_s, interval_basis,
    memory_bytes, memory_scope, capacity_bytes, energy_per_unit_j, energy_source,
    tier, source, CASE WHEN status = 'ok' AND n > 0 THEN ok_ids ELSE all_ids END AS result_ids,
    detail, assumed, flags
FROM known_estimates JOIN (
    SELECT candidate_id, list(id ORDER BY id) AS all_ids,
        list(id ORDER BY id) FILTER (status = 'ok' AND throughput IS NOT NULL) AS ok_ids
    FROM performance_results GROUP BY candidate_id) USING (candidate_id)
"""
SCORES = """
SELECT m.name AS model, h.name AS hardware,
    r.* EXCLUDE (id, model_id, hardware_id, memory_requirement),
    memory_requirement AS memory_requirement_mb
FROM hardware_model_compatibility r
    JOIN models m ON m.id = r.model_id JOIN hardware_platforms h ON h.id = r.hardware_id
"""
_ASKED = "($model IS NULL OR model GLOB $model) AND ($hardware IS NULL OR hardware GLOB $hardware)"
QUERIES = {"results": RESULTS, "estimates": ESTIMATES, "scores": SCORES}
ORDER = {
    "results": "result_id",
    "estimates": "model, model_version, scenario, input_shape, throughput_unit, hardware, batch, precision,"
    " compile_mode, memory_format, n_devices, threads, cache_state, pinning, env_id",
    "scores": "model, model_version, scenario, input_shape, throughput_unit, rank NULLS LAST, hardware",
}
# What a person reads of them, in Markdown and HTML.
READABLE = {
    "results": (
        "result_id", "model", "model_version", "linked_version", "scenario", "hardware", "batch", "precision",
        "compile_mode", "status", "retracted", "throughput", "throughput_unit", "latency_p50_s",
        "peak_memory_bytes", "env_id", "source", "flags",
    ),
    "estimates": (
        "model", "model_version", "scenario", "input_shape", "hardware", "batch", "precision", "compile_mode",
        "status", "n", "throughput", "throughput_low", "throughput_high", "throughput_unit", "latency_p50_s",
        "memory_bytes", "tier", "env_id", "result_ids",
    ),
    "scores": (
        "model", "model_version", "scenario", "input_shape", "rank", "hardware", "compatibility_score",
        "suitability_score", "recommended_batch_size", "recommended_precision", "throughput",
        "throughput_unit", "latency_ms", "memory_requirement_mb", "n", "flags", "env_id", "result_ids",
    ),
}  # fmt: skip
UTC = pa.timestamp("us", "UTC")


@dataclass(frozen=True, slots=True)
class Selected:
    """A table that was asked for: how many rows it has, and those rows in batches, to be read once."""

    what: str
    count: int
    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]
    behind: int  # events that change results and that stored scores don't know yet


def selected(
    con: duckdb.DuckDBPyConnection, what: str, *, model: str | None = None, hardware: str | None = None
) -> Selected:
    """The rows of one of ``WHAT``; ``model`` and ``hardware`` are names, or patterns such as ``vit_*``.

    Raises NoResultsError where there is none, UnknownNameError for hardware that does not exist.
    """
    if what == "estimates":
        con.register("known_estimates", estimate_table(con))
    query = f"SELECT * FROM ({QUERIES[what]}) WHERE {_ASKED}"  # noqa: S608 - ours
    asked = {"model": _model(con, model), "hardware": _hardware(con, hardware)}
    behind = changes_unknown_to_scores(con) if what == "scores" else 0  # before a result is open
    found = _by_ranges(con, query, asked) if what == "results" else _at_once(con, what, query, asked)
    if found is None:
        raise NoResultsError(_nothing(con, what, model, hardware))
    count, plain, batches = found
    schema = pa.schema([_in_utc(field) for field in plain])
    return Selected(what, count, schema, (batch.cast(schema) for batch in batches), behind)


Found = tuple[int, pa.Schema, Iterator[pa.RecordBatch]]
Asked = dict[str, str | None]


def _by_ranges(con: duckdb.DuckDBPyConnection, query: str, asked: Asked) -> Found | None:
    """Results are too many to be sorted at once: one range of ids after another; None for none.

    From then on DuckDB takes at most ``KEPT``: it would keep the file's pages as far as memory goes.
    """
    con.execute(f"SET memory_limit = '{KEPT}'")
    ranges = id_ranges(con, **asked)
    if not ranges:
        return None
    query = f"SELECT * FROM ({query}) WHERE result_id BETWEEN $low AND $high ORDER BY {ORDER['results']}"  # noqa: S608 - ours

    def rows(low: int, high: int) -> pa.Table:
        return con.sql(query, params=asked | {"low": low, "high": high}).to_arrow_table()

    batches = (batch for r in ranges for batch in rows(r.low, r.high).to_batches(BATCH))
    return sum(r.count for r in ranges), rows(1, 0).schema, batches


def _at_once(con: duckdb.DuckDBPyConnection, what: str, query: str, asked: Asked) -> Found | None:
    (count,) = con.execute(f"SELECT count(*) FROM ({query})", asked).fetchall()[0]  # noqa: S608 - ours
    if not count:
        return None
    reader = con.sql(f"{query} ORDER BY {ORDER[what]}", params=asked).to_arrow_reader(BATCH)
    return count, reader.schema, iter(reader)


def readable(selection: Selected) -> Selected:
    """The same rows with the columns that a person reads."""
    names = list(READABLE[selection.what])
    schema = pa.schema([selection.schema.field(name) for name in names])
    batches = (batch.select(names) for batch in selection.batches)
    return Selected(selection.what, selection.count, schema, batches, selection.behind)


def _in_utc(field: Any) -> Any:
    """Times of day know their zone."""
    return field.with_type(UTC) if pa.types.is_timestamp(field.type) else field


def _model(con: duckdb.DuckDBPyConnection, asked: str | None) -> str | None:
    """The pattern for a model's name; a plain name is one that is stored, by whatever it is called now."""
    if asked is None or _is_pattern(asked):
        return asked
    return _literal(find_model(con, asked).name)


def _hardware(con: duckdb.DuckDBPyConnection, asked: str | None) -> str | None:
    if asked is None or _is_pattern(asked):
        return asked
    names = hardware_names(con)
    if asked not in names:
        nearest = difflib.get_close_matches(asked, names, n=1, cutoff=0.4)
        hint = f"did you mean {nearest[0]}? " if nearest else ""
        raise UnknownNameError(
            f'unknown hardware "{asked}": {hint}`fitment report --all` names all; so does a pattern: "*4090*"'
        )
    return _literal(asked)


def _is_pattern(text: str) -> bool:
    return "*" in text or "?" in text


def _literal(name: str) -> str:
    """``name`` as a pattern that matches it alone."""
    return "".join(f"[{c}]" if c in "*?[\\" else c for c in name)


def _nothing(con: duckdb.DuckDBPyConnection, what: str, model: str | None, hardware: str | None) -> str:
    if what == "scores" and not con.execute("SELECT 1 FROM hardware_model_compatibility LIMIT 1").fetchall():
        return "no scores are stored: `fitment calculate-scores` makes them"
    asked = [*([f"of {model}"] if model else []), *([f"on {hardware}"] if hardware else [])]
    return f"no {what} {' '.join(asked)}".rstrip() + ": `fitment report --all` shows what is stored"
