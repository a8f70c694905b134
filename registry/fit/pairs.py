"""The stored score of each (group, hardware): the unrestricted question under the default profile.

Groups that are whole grids are scored by compiled kernels (``grids.py``); the others one by one, as
``recommend`` does, since they need words: what lies beyond what is compared, why a hardware is rejected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from ..answers import Group, Question, Recommendation, Weights
from ..results.estimates import group_estimates
from . import groups, profiles
from .bulk import criteria_of, score_many
from .comparison import Comparison, compare, hold
from .criteria import Criteria
from .grids import grid_pairs
from .ranking import Ranked, ranking
from .rejections import rejections
from .rows import recommendations
from .scored import weights_used

_WHOLE = ("recommended_batch_size", "n", "rank")
_TEXT = (
    *("model", "hardware", "model_version", "scenario", "input_shape", "throughput_unit"),
    *("recommended_precision", "precision_basis", "compile_mode", "memory_format", "interval_basis"),
    *("notes", "profile", "flags", "env_id"),
)
_REAL = (
    *("compatibility_score", "suitability_score", "throughput_score", "latency_score", "memory_score"),
    *("memory_requirement", "throughput", "throughput_low", "throughput_high"),
    *("latency_ms", "latency_low_ms", "latency_high_ms", "confidence", "coverage"),
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
# The candidates whose groups are no grids.
_OTHERS = "SELECT candidate_id FROM keyed ANTI JOIN grids USING (result_group) ORDER BY candidate_id"
_FROM_GRIDS = """
WITH behind AS (
    SELECT candidate_id, list(id ORDER BY id) AS result_ids, max(recorded_at) AS newest
    FROM performance_results
    WHERE candidate_id IN (SELECT candidate_id FROM scored) AND status = 'ok' AND throughput IS NOT NULL
    GROUP BY candidate_id
)
SELECT m.name AS model, h.name AS hardware, c.model_id, c.hardware_id, c.model_version, c.scenario,
    c.input_shape, c.throughput_unit, c.batch AS recommended_batch_size, c.precision AS recommended_precision,
    CASE WHEN contains(s.flags, 'speed_only') THEN 'speed only' END AS precision_basis,
    c.compile_mode, c.memory_format,
    CASE WHEN s.memory_scope IS NOT NULL THEN round(s.memory) / 1e6 END AS memory_requirement,
    s.throughput, s.throughput_low, s.throughput_high,
    CASE p.statistic WHEN 0 THEN p95 WHEN 1 THEN p50 WHEN 2 THEN mean END * 1e3 AS latency_ms,
    CASE WHEN p.shown THEN s.latency_low * 1e3 END AS latency_low_ms,
    CASE WHEN p.shown THEN s.latency_high * 1e3 END AS latency_high_ms, s.interval_basis,
    p.* EXCLUDE (candidate_id, grid, statistic, shown), s.n, $profile AS profile,
    array_to_string(list_sort(list_distinct(list_filter(string_split(s.flags, ',') || [
        CASE WHEN s.assumed <> '' THEN 'assumed' ELSE '' END, CASE WHEN g.height = 1 THEN 'single' ELSE '' END
    ], lambda flag: flag <> ''))), ',') AS flags,
    c.env_id, b.result_ids, b.newest
FROM scored p JOIN estimates s USING (candidate_id) JOIN candidates c ON c.id = candidate_id
    JOIN grids g USING (grid) JOIN behind b USING (candidate_id)
    JOIN models m ON m.id = c.model_id JOIN hardware_platforms h ON h.id = c.hardware_id
"""
_FROM_ROWS = """
SELECT p.*, m.id AS model_id, h.id AS hardware_id,
    (SELECT max(recorded_at) FROM performance_results WHERE list_contains(p.result_ids, id)) AS newest
FROM worded p JOIN models m ON m.name = p.model JOIN hardware_platforms h ON h.name = p.hardware
"""
_INSERT = f"""
INSERT INTO hardware_model_compatibility BY NAME
SELECT row_number() OVER (ORDER BY model, model_version, scenario, input_shape, throughput_unit,
        rank NULLS LAST, n DESC, hardware) AS id,
    * EXCLUDE (model, hardware, newest), newest AS last_updated, $seq AS as_of_seq
FROM (FROM ({_FROM_ROWS}) UNION ALL BY NAME FROM ({_FROM_GRIDS})) ORDER BY id
"""  # noqa: S608 - our own names


def store_pairs(connection: duckdb.DuckDBPyConnection, as_of_seq: int) -> int:
    """The number of (group, hardware) pairs after storing each anew from the stored estimates."""
    profile = profiles.shipped()[profiles.DEFAULT]
    connection.register("scored", grid_pairs(connection, profile.weights))
    others = connection.execute(_OTHERS).fetchnumpy()["candidate_id"]
    held = groups.by_group(group_estimates(connection, among=others)) if others.size else {}
    connection.register("worded", pa.Table.from_pylist(list(_rows(held)), schema=SCHEMA))
    connection.execute("DELETE FROM hardware_model_compatibility")
    connection.execute(_INSERT, {"seq": as_of_seq, "profile": profile.name})
    connection.unregister("scored")
    connection.unregister("worded")
    counted = connection.execute("SELECT count(*) FROM hardware_model_compatibility").fetchall()
    return int(counted[0][0])


def _rows(held: groups.Groups) -> Iterator[dict[str, Any]]:
    comparisons = [compare(Question(group.model), hold(group, held[group])) for group in held]
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
        "precision_basis": "speed only" if "speed_only" in row.flags else None,
        "throughput": row.throughput,
        "throughput_low": row.throughput_low,
        "throughput_high": row.throughput_high,
        "latency_ms": _ms(row.latency_s),
        "latency_low_ms": _ms(row.latency_low),
        "latency_high_ms": _ms(row.latency_high),
        "interval_basis": row.interval_basis,
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


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else seconds * 1e3
