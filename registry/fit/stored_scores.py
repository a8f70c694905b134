"""The stored score of each hardware-model pair, as it stands in ``hardware_model_compatibility``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING

from ..errors import UnknownNameError

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class StoredScore:
    """A pair with its score and what made it: names, then the table's columns in their units (ms, MB)."""

    id: int
    model: str
    hardware: str
    model_id: int
    hardware_id: int
    model_version: str
    scenario: str
    input_shape: str
    throughput_unit: str
    compatibility_score: float | None
    suitability_score: float | None
    recommended_batch_size: int | None
    recommended_precision: str | None
    compile_mode: str | None
    memory_format: str | None
    memory_requirement: float | None  # MB
    precision_basis: str | None  # "speed only": nothing is known of accuracy
    throughput: float | None
    throughput_low: float | None  # 95 % interval
    throughput_high: float | None
    latency_ms: float | None
    latency_low_ms: float | None
    latency_high_ms: float | None
    interval_basis: str | None
    throughput_score: float | None
    latency_score: float | None
    memory_score: float | None
    n: int
    confidence: float
    coverage: float | None
    rank: int | None
    p_best: float | None  # None: not asked for, or no rival
    profile: str
    weight_throughput: float
    weight_latency: float
    weight_memory: float
    flags: str
    env_id: str | None
    notes: str | None
    result_ids: tuple[int, ...]
    last_updated: datetime  # UTC, of the newest result that it stands on
    as_of_seq: int


_NAMES = {"model": "m.name", "hardware": "h.name"}
_COLUMNS = ", ".join(f"{_NAMES.get(field.name, f's.{field.name}')}" for field in fields(StoredScore))
_QUERY = f"""
SELECT {_COLUMNS} FROM hardware_model_compatibility s
    JOIN models m ON m.id = model_id JOIN hardware_platforms h ON h.id = hardware_id
WHERE ($model IS NULL OR model_id = $model) AND ($hardware IS NULL OR hardware_id = $hardware) ORDER BY s.id
"""  # noqa: S608 - our own names


def stored_scores(
    con: duckdb.DuckDBPyConnection, model_id: int | None = None, hardware_id: int | None = None
) -> tuple[StoredScore, ...]:
    """The stored scores of a model, of a hardware, or of both; of all where neither is named.

    Raises UnknownNameError for an id that there is not.
    """
    _must_be(con, "models", model_id)
    _must_be(con, "hardware_platforms", hardware_id)
    rows = con.execute(_QUERY, {"model": model_id, "hardware": hardware_id}).fetchall()
    names = [field.name for field in fields(StoredScore)]
    held = (dict(zip(names, row, strict=True)) for row in rows)
    return tuple(StoredScore(**row | {"result_ids": tuple(row["result_ids"])}) for row in held)


def name_of(con: duckdb.DuckDBPyConnection, model_id: int | None) -> str | None:
    """The model's name; None for None. Raises UnknownNameError for an id that there is not."""
    _must_be(con, "models", model_id)
    found = con.execute("SELECT name FROM models WHERE id = ?", [model_id]).fetchall()
    return found[0][0] if found else None


def _must_be(con: duckdb.DuckDBPyConnection, table: str, number: int | None) -> None:
    query = f"SELECT count(*) FILTER (id = $id), min(id), max(id) FROM {table}"  # noqa: S608 - our own names
    there, low, high = con.execute(query, {"id": number}).fetchall()[0]
    if number is not None and not there:
        known = "there are none" if low is None else f"they go from {low} to {high}"
        raise UnknownNameError(f"no id {number} in {table}: {known}")
