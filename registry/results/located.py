"""Where each candidate's figures lie, from its results, in SQL: for one model, or for all.

``located_in_bulk`` is the same for large stores, by compiled kernels. The columns are in ``COLUMNS``.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from ...kernels.resample_medians import DISTANCES, REACHES
from ..records import OK

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
# ``usable`` results are ok and have a throughput: n counts them, and locations are medians over them.
# QUANTITY_squares are sums of squared deviations of ln QUANTITY, _joint those of ln QUANTITY + ln throughput,
# _around the quantiles around the median (``kernels/group_medians.py``), _inside_ limits found inside one
# process.
_LATENCIES = ("p95", "p50", "mean")
JOINED = (*_LATENCIES, "energy")
SPREAD = ("throughput", *_LATENCIES, "memory", "energy")
COLUMNS = (
    *("candidate_id", "status", "n", "n_tried"),
    *("throughput", "p95", "p50", "mean", "n_p95", "n_p50", "n_mean", "memory", "energy"),
    *(f"{name}_squares" for name in SPREAD),
    *(f"{name}_joint" for name in JOINED),
    *(f"{name}_around" for name in SPREAD),
    *("throughput_inside_low", "throughput_inside_high", "p50_inside_low", "p50_inside_high"),
    *("memory_scope", "energy_source", "detail", "file", "line", "n_origins", "assumed", "flags"),
)
_OF = {
    "throughput": "throughput",
    **{name: f"latency_{name}_s" for name in _LATENCIES},
    "memory": "peak_memory_bytes::DOUBLE",
    "energy": "CASE WHEN energy_per_unit_j > 0 THEN energy_per_unit_j END",
}
# Sorted: a sum in another order is another number.
_SORTED = ", ".join(
    f"list_sort(list({of}) FILTER (usable AND {of} > 0)) AS {name}s" for name, of in _OF.items()
)
_SORTED_JOINT = ", ".join(
    f"list_sort(list(ln(throughput) + ln({_OF[name]})) FILTER (usable AND {_OF[name]} > 0)) AS {name}_joints"
    for name in JOINED
)
_SQUARES = ", ".join(
    f"len({name}s) * list_var_pop(list_transform({name}s, lambda x: ln(x))) AS {name}_squares"
    for name in _LATENCIES
)
_WHOLE_SQUARES = ", ".join(  # of what all processes have
    f"CASE WHEN len({name}s) = n THEN n * list_var_pop(list_transform({name}s, lambda x: ln(x))) END"
    f" AS {name}_squares"
    for name in ("throughput", "memory", "energy")
)
_JOINT = ", ".join(f"len({name}_joints) * list_var_pop({name}_joints) AS {name}_joint" for name in JOINED)
_AROUND = ", ".join(
    f"""list_transform({list(REACHES)}, lambda reach: list_transform(
        [(len({name}s) - 1) * least(1.0, greatest(0.0, 0.5 + reach / sqrt(len({name}s))))],
        lambda place: {name}s[floor(place)::BIGINT + 1] + (place - floor(place))
            * ({name}s[least(floor(place)::BIGINT + 2, len({name}s))] - {name}s[floor(place)::BIGINT + 1])
    )[1])::DOUBLE[{len(DISTANCES)}] AS {name}_around"""
    for name in SPREAD
)
SELECT = f"""
WITH counted AS (
    SELECT *, coalesce(list_position($precedence, status), len($precedence) + 1) AS place,
        status = 'ok' AND throughput IS NOT NULL AS usable
    FROM current_results
    WHERE $model IS NULL OR model = $model
), pooled AS (
    SELECT candidate_id,
        min({{place: place, status: status}}) AS standing,
        count(*) FILTER (usable) AS n,
        count(*) FILTER (place <= len($precedence)) AS n_tried,
        median(throughput) FILTER (usable) AS throughput,
        median(latency_p95_s) FILTER (usable) AS p95, count(latency_p95_s) FILTER (usable) AS n_p95,
        median(latency_p50_s) FILTER (usable) AS p50, count(latency_p50_s) FILTER (usable) AS n_p50,
        median(latency_mean_s) FILTER (usable) AS mean, count(latency_mean_s) FILTER (usable) AS n_mean,
        median(peak_memory_bytes) FILTER (usable) AS memory,
        median(energy_per_unit_j) FILTER (usable AND energy_per_unit_j > 0) AS energy,
        {_SORTED}, {_SORTED_JOINT},
        min(throughput_low) FILTER (usable) AS throughput_inside_low,
        max(throughput_high) FILTER (usable) AS throughput_inside_high,
        min(latency_p50_low_s) FILTER (usable) AS p50_inside_low,
        max(latency_p50_high_s) FILTER (usable) AS p50_inside_high,
        min(memory_scope) FILTER (usable) AS scope, max(memory_scope) FILTER (usable) AS other_scope,
        min(energy_source) FILTER (usable) AS meter, max(energy_source) FILTER (usable) AS other_meter,
        min({{file: source, line: source_line}}) AS origin, count(source) AS n_origins,
        min({{place: place, detail: detail}}) FILTER (detail IS NOT NULL) AS why,
        list_sort(list_distinct(flatten(list(string_split(assumed, ','))))) AS all_assumed,
        bool_or(model_source IN ('zoo', 'published')) FILTER (usable) AS speed_only,
        list_sort(list_distinct(flatten(list(string_split(flags, ','))) ||
            CASE WHEN speed_only THEN ['speed_only'] ELSE [] END)) AS all_flags
    FROM counted GROUP BY candidate_id
)
SELECT {", ".join(COLUMNS)} FROM (
    SELECT * EXCLUDE (n_origins), standing.status AS status,
        {_SQUARES}, {_WHOLE_SQUARES}, {_JOINT}, {_AROUND},
        CASE WHEN scope = other_scope THEN scope END AS memory_scope,
        CASE WHEN meter = other_meter THEN meter END AS energy_source,
        CASE WHEN why.place = standing.place THEN why.detail END AS detail,
        origin.file AS file, origin.line AS line, n_origins,
        array_to_string(list_filter(all_assumed, lambda x: x <> ''), ',') AS assumed,
        array_to_string(list_filter(all_flags, lambda x: x <> ''), ',') AS flags
    FROM pooled
)
"""  # noqa: S608 - our own names


def located(connection: duckdb.DuckDBPyConnection, model: str | None) -> pa.Table:
    """One row of ``COLUMNS`` for each candidate of the model that has results; of all models where None."""
    return connection.sql(SELECT, params={"model": model, "precedence": list(PRECEDENCE)}).to_arrow_table()
