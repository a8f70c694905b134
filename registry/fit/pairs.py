"""The stored score of each (group, hardware): the unrestricted question under the default profile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from ..answers import Group, Question, Recommendation, Weights
from . import groups, profiles
from .bulk import criteria_of, score_many
from .comparison import Comparison, compare, hold
from .criteria import Criteria
from .ranking import Ranked, ranking
from .rejections import rejections
from .rows import recommendations
from .scored import weights_used

INSERT = """
INSERT INTO hardware_model_compatibility BY NAME
SELECT p.* EXCLUDE (place, model, hardware), place AS id, model_id, hardware_id, newest AS last_updated,
    $seq AS as_of_seq
FROM pairs p
    JOIN (SELECT model, hardware, min(model_id) AS model_id, min(hardware_id) AS hardware_id
        FROM estimates GROUP BY ALL) USING (model, hardware)
    JOIN (SELECT place, max(recorded_at) AS newest
        FROM (SELECT place, unnest(result_ids) AS id FROM pairs) JOIN performance_results USING (id)
        GROUP BY place) USING (place)
ORDER BY place
"""
_WHOLE = ("place", "recommended_batch_size", "n", "rank")
_TEXT = (
    *("model", "hardware", "model_version", "scenario", "input_shape", "throughput_unit"),
    *("recommended_precision", "compile_mode", "memory_format", "notes", "profile", "flags", "env_id"),
)
_REAL = (
    *("compatibility_score", "suitability_score", "throughput_score", "latency_score", "memory_score"),
    *("memory_requirement", "throughput", "latency_ms", "confidence", "coverage"),
    *("weight_throughput", "weight_latency", "weight_memory"),
)
SCHEMA = pa.schema(
    [
        *((name, pa.int64()) for name in _WHOLE),
        *((name, pa.string()) for name in _TEXT),
        *((name, pa.float64()) for name in _REAL),
        ("result_ids", pa.list_(pa.int64())),
    ]
)


def store_pairs(connection: duckdb.DuckDBPyConnection, held: groups.Groups, as_of_seq: int) -> int:
    """The number of (group, hardware) pairs after storing each anew."""
    rows = list(_rows(held))
    for place, row in enumerate(rows, 1):
        row["place"] = place
    connection.execute("DELETE FROM hardware_model_compatibility")
    connection.register("pairs", pa.Table.from_pylist(rows, schema=SCHEMA))
    connection.execute(INSERT, {"seq": as_of_seq})
    connection.unregister("pairs")
    return len(rows)


def _rows(held: groups.Groups) -> Iterator[dict[str, Any]]:
    ordered = sorted(held, key=groups.name)
    comparisons = [compare(Question(group.model), hold(group, held[group])) for group in ordered]
    profile = profiles.shipped()[profiles.DEFAULT]
    running = [c for c in comparisons if c.running]
    values = [criteria_of(c) for c in running]
    for comparison, criteria, candidates in zip(
        running, values, score_many(running, values, profile.weights), strict=True
    ):
        yield from _of_running(comparison, criteria, ranking(candidates, "compatibility"), profile)
    for comparison in comparisons:
        if not comparison.running:
            yield from _of_rejected(comparison, (), profile.name, profile.weights)


def _of_running(
    comparison: Comparison, criteria: Criteria, ranked: Sequence[Ranked], profile: profiles.Profile
) -> Iterator[dict[str, Any]]:
    weights = weights_used(profile.weights, criteria)
    shown = recommendations(Question(comparison.held.group.model), comparison, criteria, ranked)
    for row, place in zip(shown, ranked, strict=True):
        env_id = place.best.estimate.env_id
        yield (
            _shared(comparison.held.group, row.hardware, profile.name, weights)
            | _scores(row)
            | {"env_id": env_id}
        )
    yield from _of_rejected(comparison, [row.hardware for row in shown], profile.name, weights)


def _of_rejected(
    comparison: Comparison, answered: Sequence[str], profile: str, weights: Weights
) -> Iterator[dict[str, Any]]:
    for rejected in rejections(Question(comparison.held.group.model), comparison, answered, {}):
        estimates = comparison.held.estimates[rejected.hardware]
        ids = sorted({i for e in estimates for i in e.evidence.result_ids})
        nothing = {"n": 0, "confidence": 0.0, "flags": "", "notes": rejected.reason, "result_ids": ids}
        yield _shared(comparison.held.group, rejected.hardware, profile, weights) | nothing


def _shared(group: Group, hardware: str, profile: str, weights: Weights) -> dict[str, Any]:
    return {
        "model": group.model,
        "hardware": hardware,
        "model_version": group.model_version,
        "scenario": group.scenario,
        "input_shape": group.input_shape,
        "throughput_unit": group.throughput_unit,
        "profile": profile,
        "weight_throughput": weights.throughput,
        "weight_latency": weights.latency,
        "weight_memory": weights.memory,
    }


def _scores(row: Recommendation) -> dict[str, Any]:
    """A recommendation's columns, in the integration table's units: ms and MB (1e6 bytes)."""
    k = row.configuration
    return {
        "compatibility_score": row.compatibility,
        "suitability_score": row.suitability,
        "recommended_batch_size": k.batch,
        "recommended_precision": k.precision,
        "compile_mode": k.compile_mode,
        "memory_format": k.memory_format,
        "memory_requirement": None if row.memory_bytes is None else row.memory_bytes / 1e6,
        "throughput": row.throughput,
        "latency_ms": None if row.latency_s is None else row.latency_s * 1e3,
        "throughput_score": row.throughput_score,
        "latency_score": row.latency_score,
        "memory_score": row.memory_score,
        "n": row.n,
        "confidence": row.confidence,
        "coverage": row.coverage,
        "rank": row.rank,
        "flags": ",".join(row.flags),
        "notes": row.beyond,
        "result_ids": list(row.evidence.result_ids),
    }
