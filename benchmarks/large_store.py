"""A store of many results for benchmarks: 1,000 models, 20 hardware, 10 configurations, 50 processes each.

The tables are filled with what the journal's events would fill them with, by DuckDB itself: ten million
events would take hours. Results lie as sweeps write them, hardware after hardware and repeat after repeat.
One process in fifty crashed, three in a hundred were not steady, and every fourth hardware is out of memory
at the largest batch.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
from fitment.registry.storage.store import Store

MODELS, HARDWARE, REPEATS = 1000, 20, 50
BATCHES = (1, 4, 16, 64, 256)
PRECISIONS = ("fp32", "amp_fp16")
CONFIGURATIONS = len(BATCHES) * len(PRECISIONS)


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each a store holds."""

    models: int = MODELS
    hardware: int = HARDWARE
    repeats: int = REPEATS

    @property
    def results(self) -> int:
        """All rows of it."""
        return self.models * self.hardware * CONFIGURATIONS * self.repeats


_NAMES = (
    """INSERT INTO models
       SELECT i + 1, 'model_' || lpad(i::VARCHAR, 4, '0'), 'zoo', NULL, NULL, TIMESTAMP '2026-01-01'
       FROM range($models) t(i)""",
    """INSERT INTO hardware_platforms
       SELECT i + 1, 'Accelerator ' || lpad(i::VARCHAR, 2, '0'), 'cuda', 85899345920, TIMESTAMP '2026-01-01'
       FROM range($hardware) t(i)""",
    """INSERT INTO environments BY NAME
       SELECT 'env_' || id AS env_id, 'stack_' || id AS stack, 'measured' AS provenance,
           'cuda' AS device_kind, name AS hardware, 'host_' || id AS host,
           memory_bytes AS device_memory_bytes, '2.13.0' AS torch, created_at FROM hardware_platforms""",
    """INSERT INTO result_kinds VALUES
       (1, 'ok', 'zoo', 'allocator', 'gpu', '', ''), (2, 'ok', 'zoo', 'allocator', 'gpu', '', 'not_steady'),
       (3, 'crashed', 'zoo', NULL, NULL, '', ''), (4, 'oom_device', 'zoo', NULL, NULL, '', '')""",
    """INSERT INTO candidates BY NAME
       SELECT i + 1 AS id, m.id AS model_id, h.id AS hardware_id, '' AS model_version, 'forward' AS scenario,
           '3x224x224' AS input_shape, 'samples/s' AS throughput_unit, 'cuda' AS device_kind,
           $batches[k % len($batches) + 1] AS batch, $precisions[k // len($batches) + 1] AS precision,
           'eager' AS compile_mode, 'contiguous' AS memory_format, 1 AS n_devices, 0 AS threads,
           'warm' AS cache_state, 'none' AS pinning, 'env_' || h.id AS env_id, 'measured' AS provenance,
           2 AS protocol, FALSE AS superseded
       FROM range($models * $hardware * $configurations) t(i),
           LATERAL (SELECT i % $configurations AS k), models m, hardware_platforms h
       WHERE h.id = i // ($models * $configurations) + 1 AND m.id = i // $configurations % $models + 1
       ORDER BY id""",
)
# u, v are even on (0, 1), and with them e is normal: all from the row's number alone.
_RESULTS = """
INSERT INTO performance_results BY NAME
WITH numbered AS (
    SELECT i, i // ($models * $configurations * $repeats) AS h,
        i // ($models * $configurations) % $repeats AS invocation, i // $configurations % $models AS m,
        i % $configurations AS k,
        (hash(i) // 2 + 1) / 9.3e18 AS u, (hash(i + 2 ** 40::BIGINT) // 2 + 1) / 9.3e18 AS v,
        .02 * sqrt(-2 * ln(u)) * cos(6.283185307179586 * v) AS e
    FROM range($results) t(i)
), run AS (
    SELECT *, (h * $models + m) * $configurations + k + 1 AS candidate_id,
        CASE WHEN h % 4 = 0 AND k % len($batches) = len($batches) - 1 THEN 4
            WHEN v < .02 THEN 3 WHEN u < .03 THEN 2 ELSE 1 END AS kind_id,
        kind_id < 3 AS ok
    FROM numbered
), figured AS (
    SELECT r.*, c.* EXCLUDE (id, superseded),
        exp(e) * (batch + 12.) / (CASE precision WHEN 'fp32' THEN 900 ELSE 1500 END
            * (1 + h * .2) * (1 + m % 37 * .1)) AS seconds
    FROM run r JOIN candidates c ON c.id = r.candidate_id
)
SELECT i + 1 AS id, 1 AS seq, model_id, hardware_id, candidate_id, kind_id,
    md5(candidate_id::VARCHAR) AS cell_key, 'model_' || lpad(m::VARCHAR, 4, '0') AS model,
    'zoo' AS model_source, model_version, scenario, device_kind,
    'Accelerator ' || lpad(h::VARCHAR, 2, '0') AS hardware, input_shape,
    0 AS seed, protocol, batch, precision, compile_mode, memory_format, n_devices, threads, cache_state,
    pinning, env_id,
    CASE kind_id WHEN 3 THEN 'crashed' WHEN 4 THEN 'oom_device' ELSE 'ok' END AS status,
    TIMESTAMP '2026-01-01' + to_seconds(i) AS recorded_at, provenance, 'sweep_' || h AS sweep_id, invocation,
    '' AS assumed, CASE kind_id WHEN 2 THEN 'not_steady' ELSE '' END AS flags,
    CASE WHEN ok THEN seconds END AS latency_p50_s, CASE WHEN ok THEN seconds * 1.02 END AS latency_mean_s,
    CASE WHEN ok THEN seconds * (1.1 + .02 * u) END AS latency_p95_s,
    CASE WHEN ok THEN batch / seconds END AS throughput, throughput_unit,
    CASE WHEN ok THEN (1e9 + batch * 1e7 * (1 + m % 7) + h * 1e6)::BIGINT END AS peak_memory_bytes,
    CASE WHEN ok THEN 'allocator' END AS memory_scope,
    CASE WHEN ok THEN .1 * exp(e) * (1 + h % 5) END AS energy_per_unit_j,
    CASE WHEN ok THEN 'gpu' END AS energy_source
FROM figured ORDER BY i
"""


def make(path: Path, size: Size | None = None) -> Store:
    """A new store at ``path`` of that size; of ten million results without one."""
    size = size or Size()
    store = Store.open(path, create=True)
    given = {
        "models": size.models,
        "hardware": size.hardware,
        "repeats": size.repeats,
        "results": size.results,
        "configurations": CONFIGURATIONS,
        "batches": list(BATCHES),
        "precisions": list(PRECISIONS),
    }
    with duckdb.connect(str(path)) as con:
        for statement in (*_NAMES, _RESULTS):
            con.execute(statement, {name: value for name, value in given.items() if f"${name}" in statement})
        con.execute("CHECKPOINT")
    return store
