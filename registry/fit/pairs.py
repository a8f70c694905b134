"""The stored score of each (group, hardware): the unrestricted question under the default profile.

All groups are scored at once by compiled kernels; the numbers and words are those of ``recommend``. Only what
has no score needs its reason, and is gone through one by one (``rejected_pairs.py``).
"""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ...kernels.decided_configurations import COMMON, Compared, compare_groups
from ..answers import Profile
from ..results.interval_columns import STATISTICS
from . import pair_words, profiles
from .best_rows import BestRows, Criteria, Whole, answered, best_rows, criteria_of
from .candidate_levels import Candidates, candidate_levels
from .rejected_pairs import GROUP, WEIGHTS, rejected_pairs

_COMPONENTS = ("throughput_score", "latency_score", "memory_score")
_SCORES = ("coverage", "confidence", "compatibility_score", "suitability_score", *_COMPONENTS, *WEIGHTS)
_SCHEMA = pa.schema(
    [
        ("candidate_id", pa.int32()),
        ("rank", pa.int64()),
        ("statistic", pa.int64()),  # of the latency that is shown, by its place in STATISTICS
        ("shown", pa.bool_()),  # whether the estimate's interval is of that one
        ("marks", pa.string()),
        ("notes", pa.string()),
        *((name, pa.float64()) for name in _SCORES),
    ]
)
_REJECTED = pa.schema(
    [
        *((name, pa.string()) for name in (*GROUP, "hardware", "notes")),
        *((name, pa.float64()) for name in WEIGHTS),
        ("result_ids", pa.list_(pa.int64())),
    ]
)
_FROM_SCORED = """
WITH behind AS (
    SELECT candidate_id, list_sort(list(id)) AS result_ids, max(recorded_at) AS newest
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
    p.* EXCLUDE (candidate_id, statistic, shown, marks), s.n,
    array_to_string(list_sort(list_distinct(list_filter(
        string_split(s.flags, ',') || string_split(p.marks, ',')
            || [CASE WHEN s.assumed <> '' THEN 'assumed' ELSE '' END],
        lambda flag: flag <> ''))), ',') AS flags,
    c.env_id, b.result_ids, b.newest
FROM scored p JOIN estimates s USING (candidate_id) JOIN candidates c ON c.id = candidate_id
    JOIN behind b USING (candidate_id)
    JOIN models m ON m.id = c.model_id JOIN hardware_platforms h ON h.id = c.hardware_id
"""
_FROM_REJECTED = """
SELECT p.*, m.id AS model_id, h.id AS hardware_id, 0 AS n, 0.0 AS confidence, '' AS flags,
    (SELECT max(recorded_at) FROM performance_results
        JOIN (SELECT unnest(p.result_ids) AS id) USING (id)) AS newest
FROM rejected p JOIN models m ON m.name = p.model JOIN hardware_platforms h ON h.name = p.hardware
"""
_INSERT = f"""
INSERT INTO hardware_model_compatibility BY NAME
SELECT row_number() OVER (ORDER BY model, model_version, scenario, input_shape, throughput_unit,
        rank NULLS LAST, n DESC, hardware) AS id,
    * EXCLUDE (model, hardware, newest), newest AS last_updated, $profile AS profile, $seq AS as_of_seq
FROM (FROM ({_FROM_REJECTED}) UNION ALL BY NAME FROM ({_FROM_SCORED})) ORDER BY id
"""  # noqa: S608 - our own names


def store_pairs(connection: duckdb.DuckDBPyConnection, as_of_seq: int) -> int:
    """The number of (group, hardware) pairs after storing each anew from the stored estimates."""
    profile = profiles.shipped()[profiles.DEFAULT]
    known = candidate_levels(connection)
    groups = np.arange(known.levels.groups.size - 1)
    compared = compare_groups(known.levels, groups, np.zeros_like(groups), np.zeros(groups.size, np.bool_))
    groups = answered(compared)
    criteria = criteria_of(known, compared, groups)
    best = best_rows(known, criteria, profile.weights)
    connection.register("scored", _scored(known, compared, groups, criteria, best))
    connection.register("rejected", _rejected(connection, known, groups, best, profile))
    connection.execute("DELETE FROM hardware_model_compatibility")
    connection.execute(_INSERT, {"seq": as_of_seq, "profile": profile.name})
    connection.unregister("scored")
    connection.unregister("rejected")
    counted = connection.execute("SELECT count(*) FROM hardware_model_compatibility").fetchall()
    return int(counted[0][0])


def _scored(
    known: Candidates, compared: Compared, groups: Whole, criteria: Criteria, best: BestRows
) -> pa.Table:
    """A row of _SCHEMA for each hardware of those groups that is ranked."""
    statistic, shown = _latency(known, criteria, best)
    of_group = groups[best.question]
    decided = np.where(compared.basis == COMMON, compared.decided, 0)[of_group]
    with np.errstate(divide="ignore"):
        coverage = np.where(decided > 0, best.running / decided, np.nan)
    found: dict[str, Any] = {
        "candidate_id": known.columns["candidate_id"][best.row],
        "rank": best.rank,
        "statistic": statistic,
        "shown": shown,
        "marks": pair_words.flags(known, compared, groups, criteria, best),
        "notes": pair_words.notes(known, compared, groups, best),
        "coverage": coverage,
        "confidence": best.confidence,
        "compatibility_score": best.compatibility,
        "suitability_score": best.suitability,
    }
    found |= dict(zip(_COMPONENTS, best.components, strict=True))
    found |= dict(zip(WEIGHTS, best.weights.T, strict=True))
    made = [pa.array(found[field.name], field.type, from_pandas=True) for field in _SCHEMA]
    return pa.Table.from_arrays(made, schema=_SCHEMA)


def _latency(known: Candidates, criteria: Criteria, best: BestRows) -> tuple[Whole, NDArray[np.bool_]]:
    """Which statistic each row shows, −1 for none, and whether it is the first that its candidate has."""
    own = np.array([~np.isnan(known.columns[name][best.row]) for name in STATISTICS])
    stated = criteria.statistic[best.question]
    shown = np.where(stated >= 0, stated, np.where(own.any(axis=0), own.argmax(axis=0), -1))
    return shown, shown == own.argmax(axis=0)


def _rejected(
    connection: duckdb.DuckDBPyConnection, known: Candidates, groups: Whole, best: BestRows, profile: Profile
) -> pa.Table:
    """A row of _REJECTED for each hardware of a group that is not ranked."""
    width = max(1, len(known.hardware))
    tried = known.known["group"] * width + known.known["hardware"]
    ranked = groups[best.question] * width + known.columns["hardware"][best.row]
    without = np.setdiff1d(tried, ranked)
    troubled = np.unique(without // width)
    candidates = known.known["candidate_id"][np.isin(known.known["group"], troubled)]
    names = [tuple(str(known.groups[name][g]) for name in GROUP) for g in troubled.tolist()]
    of_name = dict(zip(troubled.tolist(), names, strict=True))
    scored = {
        (of_name[pair // width], known.hardware[pair % width])
        for pair in ranked[np.isin(ranked // width, troubled)].tolist()
    }
    rows = rejected_pairs(connection, candidates.astype(np.int32), scored, profile)
    return pa.Table.from_pylist(list(rows), schema=_REJECTED)
