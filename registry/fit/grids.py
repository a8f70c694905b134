"""Groups that are whole grids, scored many at once by compiled kernels.

In a whole grid each hardware has decided each configuration of the group itself, once, all under one stack,
and runs some: as a sweep leaves it, out of memory included. There all configurations are K*, nothing lies
beyond them, and no hardware is rejected: what is left are numbers. Other groups need words, and are gone
through one by one (``pairs.py``).
"""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ...kernels.best import best_candidates
from ...kernels.formulae import drop_criteria
from ...kernels.ranks import group_ranks
from ...kernels.scores import Scores, score_groups
from ..answers import Weights
from ..records import DECIDED_FAILURES
from ..results.interval_columns import STATISTICS

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_GROUP = "model_id, model_version, scenario, input_shape, throughput_unit"
_CONFIGURATION = "batch, precision, compile_mode, memory_format, n_devices, threads, cache_state, pinning"
# All candidates that count, with small numbers for their group and for the place of their configuration.
_KEYED = f"""
CREATE OR REPLACE TEMP TABLE keyed AS
WITH named AS (
    SELECT {_GROUP}, row_number() OVER () AS result_group FROM (SELECT DISTINCT {_GROUP} FROM candidates)
), placed AS (
    SELECT {_CONFIGURATION}, row_number() OVER (ORDER BY {_CONFIGURATION}) AS place
    FROM (SELECT DISTINCT {_CONFIGURATION} FROM candidates)
)
SELECT id AS candidate_id, result_group, place, hardware_id, env_id
FROM candidates JOIN named USING ({_GROUP}) JOIN placed USING ({_CONFIGURATION}) WHERE NOT superseded
"""  # noqa: S608 - our own names
# minor: the torch release that results ran under; devices of several need a word.
_GRIDS = """
CREATE OR REPLACE TEMP TABLE grids AS
WITH known AS (
    SELECT k.*, status = 'ok' AND throughput IS NOT NULL AS runs, memory_scope,
        status IN (SELECT unnest($decided::VARCHAR[])) AS failed, coalesce(stack, env_id) AS stack, minor
    FROM keyed k JOIN estimates USING (candidate_id) LEFT JOIN (
        SELECT env_id, stack, regexp_extract(torch, '^\\d+(\\.\\d+)?') AS minor FROM environments
    ) USING (env_id)
), of_hardware AS (
    SELECT result_group, hardware_id, count(*) AS tried,
        bool_or(runs) AND bool_and(runs OR failed) AS decided, min(stack) = max(stack) AS one_stack,
        min(memory_scope) AS scope, max(memory_scope) AS other_scope,
        min(minor) AS minor, max(minor) AS other_minor
    FROM known GROUP BY ALL
), of_configuration AS (
    SELECT result_group, place, count(*) AS tried, count(DISTINCT hardware_id) AS hardware
    FROM known GROUP BY ALL
), widths AS (
    SELECT result_group, count(*) AS width, bool_and(tried = hardware) AS once, min(hardware) AS fewest
    FROM of_configuration GROUP BY ALL
), heights AS (
    SELECT result_group, count(*) AS height, min(tried) AS fewest_tried,
        bool_and(decided AND one_stack) AS decided,
        min(scope) IS NOT DISTINCT FROM max(other_scope) AS one_scope,
        min(minor) IS NOT DISTINCT FROM max(other_minor) AS one_minor
    FROM of_hardware GROUP BY ALL
)
SELECT result_group, row_number() OVER (ORDER BY result_group) AS grid, width, height
FROM widths JOIN heights USING (result_group)
WHERE once AND fewest = height AND fewest_tried = width AND decided AND one_scope AND one_minor
"""
# What runs in them, in the order of grids, hardware's names and configurations. NULL: not known.
_CANDIDATES = f"""
WITH names AS (SELECT id AS hardware_id, row_number() OVER (ORDER BY name) AS name FROM hardware_platforms)
SELECT grid, width, name, place, candidate_id, n, throughput,
    {", ".join(f"CASE WHEN n_{name} = n_latency THEN {name} END AS {name}" for name in STATISTICS[:2])}, mean,
    CASE WHEN memory_scope IS NOT NULL THEN round(memory) END AS memory
FROM estimates JOIN keyed USING (candidate_id) JOIN grids USING (result_group) JOIN names USING (hardware_id)
WHERE status = 'ok' AND throughput IS NOT NULL ORDER BY grid, name, place
"""  # noqa: S608 - our own names
_SCHEMA = pa.schema(
    [
        ("candidate_id", pa.int32()),
        *((name, pa.int64()) for name in ("grid", "rank", "statistic")),
        ("shown", pa.bool_()),
        *(
            (name, pa.float64())
            for name in ("coverage", "confidence", "compatibility_score", "suitability_score")
        ),
        *((f"{name}_score", pa.float64()) for name in ("throughput", "latency", "memory")),
        *((f"weight_{name}", pa.float64()) for name in ("throughput", "latency", "memory")),
    ]
)


def grid_pairs(connection: duckdb.DuckDBPyConnection, weights: Weights) -> pa.Table:
    """A row for each hardware of each grid: its best candidate's scores.

    Leaves the temporary tables ``keyed`` (all candidates with their result_group) and ``grids``.

    Columns: candidate_id, grid, rank, coverage, confidence, STATISTIC as ``statistic`` of the latency that is
    shown, QUANTITY_score of throughput, latency and memory, compatibility_score, suitability_score and the
    weights used. The numbers are those of ``recommend``'s rows, to the bit.
    """
    connection.execute(_KEYED)
    connection.execute(_GRIDS, {"decided": sorted(DECIDED_FAILURES)})
    found = connection.sql(_CANDIDATES).to_arrow_table()
    if not found.num_rows:
        return _SCHEMA.empty_table()
    columns = {name: _numbers(found, name) for name in found.column_names}
    starts = _starts(columns["grid"])
    stated = _stated(columns, starts)
    latency = np.choose(np.maximum(stated, 0), [columns[name] for name in STATISTICS])
    latency[stated < 0] = np.nan
    scores = score_groups(
        starts,
        columns["throughput"],
        latency,
        columns["memory"],
        columns["n"].astype(np.int64),
        (weights.throughput, weights.latency, weights.memory),
    )
    return _best(columns, starts, stated, scores, weights)


def _starts(keys: Floats) -> Whole:
    """Where runs of equal keys start, and the end of the last."""
    changes = np.flatnonzero(np.diff(keys)) + 1
    return np.concatenate([[0], changes, [keys.size]]).astype(np.int64)


def _stated(columns: dict[str, Floats], starts: Whole) -> Whole:
    """The place in STATISTICS of each candidate's latency, the first that all of its grid have; −1: none."""
    known = np.array([~np.isnan(columns[name]) for name in STATISTICS])
    by_all = np.logical_and.reduceat(known, starts[:-1], axis=1)
    of_grid = np.where(by_all.any(axis=0), by_all.argmax(axis=0), -1)
    return np.repeat(of_grid, np.diff(starts))


def _best(
    columns: dict[str, Floats], starts: Whole, stated: Whole, scores: Scores, weights: Weights
) -> pa.Table:
    grid, name = columns["grid"], columns["name"]
    bounds = np.flatnonzero(np.concatenate([[True], (np.diff(grid) != 0) | (np.diff(name) != 0)]))
    running = np.diff(np.append(bounds, grid.size))
    pair = np.repeat(np.arange(bounds.size), running)
    place, n = columns["place"].astype(np.int64), columns["n"].astype(np.int64)
    chosen = best_candidates(pair, bounds.size, scores.compatibility, n, place=place).chosen
    score = scores.compatibility[chosen]
    used = np.repeat(scores.used, np.diff(starts), axis=0)[chosen]
    own = np.array([~np.isnan(columns[name]) for name in STATISTICS])[:, chosen]
    shown = np.where(stated[chosen] >= 0, stated[chosen], np.where(own.any(axis=0), own.argmax(axis=0), -1))
    found: dict[str, NDArray[Any]] = {
        "candidate_id": columns["candidate_id"][chosen].astype(np.int32),
        "grid": grid[chosen].astype(np.int64),
        "rank": group_ranks(_starts(grid[chosen]), score),
        "coverage": running / columns["width"][chosen],
        "statistic": shown,
        "shown": shown == own.argmax(axis=0),  # whether the estimate's interval is of that statistic
        "compatibility_score": score,
        "confidence": scores.confidence[chosen],
        "suitability_score": scores.suitability[chosen],
    }
    for i, criterion in enumerate(("throughput", "latency", "memory")):
        component = getattr(scores, criterion)[chosen]
        found[f"{criterion}_score"] = np.where(used[:, i], component, np.nan)
    found |= _weights(used, weights)
    made = [pa.array(found[field.name], field.type, from_pandas=True) for field in _SCHEMA]
    return pa.Table.from_arrays(made, schema=_SCHEMA)


def _weights(used: NDArray[np.bool_], weights: Weights) -> dict[str, Floats]:
    """The weights with which each row was scored, by column; used: bool[n, 3]."""
    patterns, place = np.unique(used, axis=0, return_inverse=True)
    three = np.array([weights.throughput, weights.latency, weights.memory])
    rows = np.array([drop_criteria(three, tuple(pattern)) for pattern in patterns.tolist()])[place]
    return {f"weight_{name}": rows[:, i] for i, name in enumerate(("throughput", "latency", "memory"))}


def _numbers(table: pa.Table, name: str) -> Floats:
    """float64[n], NULL as NaN."""
    return np.asarray(table.column(name).to_numpy(), np.float64)
