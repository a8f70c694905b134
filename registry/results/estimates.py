"""What is known of each candidate: one estimate per (group, hardware, configuration, environment).

Derived from ``performance_results``, never journalled; simulated rows never enter. A location is the
median over ok processes, with its interval beside it (``interval_columns``). n counts ok processes with
a usable throughput. Where any process had a numerics failure, the estimate has that status: what gives
wrong output once is not recommended. ``speed_only`` is among the flags where nothing is known of accuracy:
the zoo's weights are drawn from a seed, and published figures don't state theirs.
"""

from __future__ import annotations

import socket
from collections.abc import Collection
from dataclasses import fields
from typing import Any

import duckdb
import pyarrow as pa

from ..answers import Estimate, Evidence, Group, Process
from ..records import OK, Configuration
from .behind import is_current
from .interval_columns import with_intervals

# Which failure stands for several: the one that says most about the hardware. The first two also stand
# beside ok processes.
PRECEDENCE = (
    "numerics_nan",
    "numerics_mismatch",
    OK,
    "unsupported_device",
    "unsupported_precision",
    "unsupported_compile",
    "unsupported_op",
    "oom_device",
    "oom_host",
    "skipped_bound",
    "compile_error",
    "recompile_storm",
    "timeout",
    "crashed",
)  # then those that decide nothing
GROUP = ("model", "model_version", "scenario", "input_shape", "throughput_unit")
CONFIGURATION = tuple(field.name for field in fields(Configuration))
# The fields of an Estimate that a row holds under the same name.
SAME = tuple(
    field.name
    for field in fields(Estimate)
    if field.name not in ("group", "configuration", "evidence", "latency_s", "latency_statistic", "processes")
)
SELECT = """
WITH ranked AS (
    SELECT *, coalesce(list_position($precedence, status), len($precedence) + 1) AS place,
        status = 'ok' AND throughput IS NOT NULL AS usable
    FROM current_results
    WHERE $model IS NULL OR model = $model
), grouped AS (
    SELECT model, model_version, scenario, input_shape, throughput_unit, hardware, device_kind,
        batch, precision, compile_mode, memory_format, n_devices, threads, cache_state, pinning, env_id,
        min(model_id) AS model_id, min(hardware_id) AS hardware_id,
        min({place: place, status: status}) AS standing,
        count(*) FILTER (usable) AS n,
        count(*) FILTER (place <= len($precedence)) AS n_tried,
        median(throughput) FILTER (usable) AS throughput,
        median(latency_p95_s) FILTER (usable) AS p95, count(latency_p95_s) FILTER (usable) AS n_p95,
        median(latency_p50_s) FILTER (usable) AS p50, count(latency_p50_s) FILTER (usable) AS n_p50,
        median(latency_mean_s) FILTER (usable) AS mean, count(latency_mean_s) FILTER (usable) AS n_mean,
        -- sorted: a sum in another order is another number
        list_sort(list(ln(throughput)) FILTER (usable)) AS throughput_logs,
        list_sort(list(ln(latency_p95_s)) FILTER (usable)) AS p95_logs,
        list_sort(list(ln(latency_p50_s)) FILTER (usable)) AS p50_logs,
        list_sort(list(ln(latency_mean_s)) FILTER (usable)) AS mean_logs,
        min(throughput_low) FILTER (usable) AS throughput_inside_low,
        max(throughput_high) FILTER (usable) AS throughput_inside_high,
        min(latency_p50_low_s) FILTER (usable) AS p50_inside_low,
        max(latency_p50_high_s) FILTER (usable) AS p50_inside_high,
        median(peak_memory_bytes) FILTER (usable) AS memory,
        min(memory_scope) FILTER (usable) AS scope, max(memory_scope) FILTER (usable) AS other_scope,
        median(energy_per_unit_j) FILTER (usable AND energy_per_unit_j > 0) AS energy,
        min(energy_source) FILTER (usable) AS meter, max(energy_source) FILTER (usable) AS other_meter,
        list_sort(list({throughput: throughput, latency_p95_s: latency_p95_s, latency_p50_s: latency_p50_s,
            latency_mean_s: latency_mean_s, memory_bytes: peak_memory_bytes}) FILTER (usable)) AS ran,
        min(provenance) AS provenance, min({file: source, line: source_line}) AS origin,
        count(source) AS n_origins,
        min({place: place, detail: detail}) FILTER (detail IS NOT NULL) AS why,
        list(id ORDER BY id) FILTER (usable) AS ok_ids, list(id ORDER BY id) AS all_ids,
        list_sort(list_distinct(flatten(list(string_split(assumed, ','))))) AS all_assumed,
        bool_or(model_source IN ('zoo', 'published')) FILTER (usable) AS speed_only,
        list_sort(list_distinct(flatten(list(string_split(flags, ','))) ||
            CASE WHEN speed_only THEN ['speed_only'] ELSE [] END)) AS all_flags
    FROM ranked GROUP BY ALL
), stated AS (
    SELECT *,
        CASE WHEN n_p95 > 0 AND n_p95 >= greatest(n_p50, n_mean) THEN 'p95'
            WHEN n_p50 > 0 AND n_p50 >= greatest(n_p95, n_mean) THEN 'p50' ELSE 'mean' END AS statistic,
        CASE statistic WHEN 'p95' THEN p95 WHEN 'p50' THEN p50 ELSE mean END AS latency,
        CASE statistic WHEN 'p95' THEN n_p95 WHEN 'p50' THEN n_p50 ELSE n_mean END AS n_latency,
        CASE statistic WHEN 'p95' THEN p95_logs WHEN 'p50' THEN p50_logs ELSE mean_logs END AS latency_logs,
        n * list_var_pop(throughput_logs) AS throughput_squares,
        n_latency * list_var_pop(latency_logs) AS latency_squares,
        CASE statistic WHEN 'p50' THEN p50_inside_low END AS latency_inside_low,
        CASE statistic WHEN 'p50' THEN p50_inside_high END AS latency_inside_high
    FROM grouped
)
SELECT g.* EXCLUDE (standing, p95, n_p95, p50, n_p50, mean, n_mean, memory, scope, other_scope, energy, meter,
        other_meter, provenance,
        origin, n_origins, why, ran, ok_ids, all_ids, all_assumed, all_flags, speed_only, statistic,
        throughput_logs, p95_logs, p50_logs, mean_logs, latency_logs, p50_inside_low, p50_inside_high),
    coalesce(e.stack, g.env_id) AS stack,
    g.standing.status AS status,
    CASE WHEN n_p95 >= greatest(n_p50, n_mean) THEN p95 END AS latency_p95_s,
    CASE WHEN n_p50 >= greatest(n_p95, n_mean) THEN p50 END AS latency_p50_s,
    mean AS latency_mean_s,
    CASE WHEN scope = other_scope THEN CAST(round(memory) AS BIGINT) END AS memory_bytes,
    CASE WHEN scope = other_scope THEN scope END AS memory_scope,
    CASE WHEN meter = other_meter THEN energy END AS energy_per_unit_j,
    CASE WHEN meter = other_meter THEN meter END AS energy_source,
    coalesce(e.device_memory_bytes, CAST(e.memory_gib AS BIGINT) * 1073741824) AS capacity_bytes,
    CASE WHEN n > 1 THEN ran END AS processes,
    CASE WHEN g.provenance = 'imported' THEN 'imported'
        WHEN e.host = $host THEN 'measured here' ELSE 'measured elsewhere' END AS tier,
    CASE WHEN g.provenance = 'imported'
        THEN concat(g.origin.file, ':', g.origin.line, ' and ' || nullif(n_origins - 1, 0) || ' more')
        ELSE concat_ws(', ', coalesce(e.host, 'unknown host'), 'torch ' || e.torch) END AS source,
    CASE WHEN g.standing.status = 'ok' AND n > 0 THEN ok_ids ELSE all_ids END AS result_ids,
    CASE WHEN g.why.place = g.standing.place THEN g.why.detail END AS detail,
    array_to_string(list_filter(all_assumed, lambda x: x <> ''), ',') AS assumed,
    array_to_string(list_filter(all_flags, lambda x: x <> ''), ',') AS flags,
    e.torch AS torch, e.host AS host,
    concat_ws(' ', 'driver ' || e.driver, 'CUDA ' || e.cuda, 'torch ' || e.torch, e.libraries) AS software
FROM stated g LEFT JOIN environments e USING (env_id)
"""
# A stored tier holds for the machine that stored it; the reader may be another.
STORED = """
SELECT s.* REPLACE (CASE WHEN s.tier = 'imported' THEN 'imported' WHEN e.host = $host THEN 'measured here'
    ELSE 'measured elsewhere' END AS tier), e.torch AS torch, e.host AS host,
    concat_ws(' ', 'driver ' || e.driver, 'CUDA ' || e.cuda, 'torch ' || e.torch, e.libraries) AS software
FROM estimates s LEFT JOIN environments e USING (env_id)
WHERE $model IS NULL OR s.model = $model
"""


def refresh(connection: duckdb.DuckDBPyConnection, as_of_seq: int) -> int:
    """The number of estimates after making them all again from the results up to ``as_of_seq``."""
    connection.execute("DELETE FROM estimates")
    connection.register("made", _made(connection, None))
    connection.execute(
        "INSERT INTO estimates BY NAME SELECT * EXCLUDE (torch, host, software), $seq AS as_of_seq FROM made",
        {"seq": as_of_seq},
    )
    connection.unregister("made")
    return int(connection.execute("SELECT count(*) FROM estimates").fetchall()[0][0])


def group_estimates(
    connection: duckdb.DuckDBPyConnection, model: str | None = None, stacks: Collection[str] | None = None
) -> list[Estimate]:
    """The estimates of one model, or of all: the stored ones, or made in memory where those are behind.

    ``stacks``: only those of these stacks.
    """
    table = estimate_table(connection, model)
    if stacks is not None:
        wanted = [stack in stacks for stack in table.column("stack").to_pylist()]
        table = table.filter(pa.array(wanted, pa.bool_()))
    return [_estimate(row) for row in table.to_pylist()]


def estimate_table(connection: duckdb.DuckDBPyConnection, model: str | None = None) -> pa.Table:
    """As ``group_estimates``, one row each, by the names of the table ``estimates``."""
    if is_current(connection):
        asked = {"model": model, "host": socket.gethostname()}
        return connection.sql(STORED, params=asked).to_arrow_table()
    return _made(connection, model)


def _made(connection: duckdb.DuckDBPyConnection, model: str | None) -> pa.Table:
    """The estimates made from the results: one row each, by the names of the table ``estimates``."""
    parameters = {"model": model, "host": socket.gethostname(), "precedence": list(PRECEDENCE)}
    return with_intervals(connection.sql(SELECT, params=parameters).to_arrow_table())


def model_names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The models that have results, sorted."""
    return [
        name for (name,) in connection.execute("SELECT DISTINCT name FROM models ORDER BY name").fetchall()
    ]


def hardware_names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The hardware that is known, sorted."""
    found = connection.execute("SELECT DISTINCT name FROM hardware_platforms ORDER BY name").fetchall()
    return [name for (name,) in found]


def axis_values(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The distinct precisions, compile modes and memory formats of all results, sorted, by axis."""
    return {
        axis: [
            value
            for (value,) in connection.execute(
                f"SELECT DISTINCT {axis} FROM performance_results ORDER BY {axis}"  # noqa: S608 - a fixed name
            ).fetchall()
        ]
        for axis in ("precision", "compile_mode", "memory_format")
    }


def _estimate(row: dict[str, Any]) -> Estimate:
    latencies = {s: row[f"latency_{s}_s"] for s in ("p95", "p50", "mean")}
    statistic = next((s for s, value in latencies.items() if value is not None), None)
    same = {name: row[name] for name in SAME}
    return Estimate(
        **same,
        group=Group(*(row[name] for name in GROUP)),
        configuration=Configuration(*(row[name] for name in CONFIGURATION)),
        latency_s=latencies[statistic] if statistic else None,
        processes=tuple(Process(**process) for process in row["processes"] or ()),
        latency_statistic=statistic,
        evidence=Evidence(row["tier"], row["source"], tuple(row["result_ids"])),
    )
