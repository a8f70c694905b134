"""What ``calculate_scores`` makes, in SQL alone: the rival of ``benchmarks.store_scores``.

Estimates, K*, components, scores, each hardware's best candidate and ranks go into tables of the same
columns, in one transaction, by DuckDB with its default threads. It joins the small numbers of candidates and
kinds that results carry, and leaves out what ours makes beside it: intervals, noise, words on what is
rejected. It holds for groups that have one stack a hardware and one scope of memory, as the large store's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
from fitment.registry.fit.profiles import DEFAULT, shipped
from fitment.registry.records import DECIDED_FAILURES
from fitment.registry.results.located import PRECEDENCE

ESTIMATES, SCORES = "sql_estimates", "sql_scores"
LEAST = 1e-6  # sums of squares below it are rounding alone
TABLES = {ESTIMATES: "estimates", SCORES: "hardware_model_compatibility"}
_MAKE = "CREATE TABLE IF NOT EXISTS {0} AS SELECT * FROM {1} LIMIT 0"
# Figures of those that ran, how all ended by kind, and what the kinds of a candidate say together.
_FIGURES = """
INSERT INTO sql_estimates BY NAME
WITH kinds AS (
    SELECT id AS kind_id, status, coalesce(list_position($precedence, status), len($precedence) + 1) AS place,
        memory_scope, energy_source,
        list_filter(string_split(assumed, ','), lambda x: x <> '') AS assumed,
        list_filter(string_split(flags, ',') || [CASE WHEN status = 'ok' AND model_source IN
            ('zoo', 'published') THEN 'speed_only' ELSE '' END], lambda x: x <> '') AS flags
    FROM result_kinds
), ended AS (
    SELECT candidate_id, kind_id, count(*) AS runs FROM performance_results
    WHERE candidate_id IS NOT NULL GROUP BY ALL
), standing AS (
    SELECT candidate_id, arg_min(status, place) AS status,
        coalesce(sum(runs) FILTER (place <= len($precedence)), 0) AS n_tried,
        CASE WHEN min(memory_scope) = max(memory_scope) THEN min(memory_scope) END AS memory_scope,
        CASE WHEN min(energy_source) = max(energy_source) THEN min(energy_source) END AS energy_source,
        array_to_string(list_sort(list_distinct(flatten(list(assumed)))), ',') AS assumed,
        array_to_string(list_sort(list_distinct(flatten(list(flags)))), ',') AS flags
    FROM ended JOIN kinds USING (kind_id) GROUP BY candidate_id
), figures AS (
    SELECT candidate_id, count(*) AS n, median(throughput) AS throughput,
        median(latency_p95_s) AS p95, median(latency_p50_s) AS p50, median(latency_mean_s) AS mean,
        count(latency_p95_s) AS n_p95, count(latency_p50_s) AS n_p50, count(latency_mean_s) AS n_mean,
        median(peak_memory_bytes) AS memory, count(peak_memory_bytes) AS n_memory,
        median(CASE WHEN energy_per_unit_j > 0 THEN energy_per_unit_j END) AS energy,
        var_pop(ln(throughput)) AS throughput_variance, var_pop(ln(latency_p95_s)) AS p95_variance,
        var_pop(ln(latency_p50_s)) AS p50_variance, var_pop(ln(latency_mean_s)) AS mean_variance,
        var_pop(ln(peak_memory_bytes)) AS memory_variance
    FROM performance_results
    WHERE candidate_id IS NOT NULL AND throughput IS NOT NULL
        AND kind_id IN (SELECT id FROM result_kinds WHERE status = 'ok')
    GROUP BY candidate_id
), known AS (
    SELECT s.*, f.* EXCLUDE (candidate_id, n, n_p95, n_p50, n_mean), coalesce(n, 0) AS n,
        coalesce(n_p95, 0) AS n_p95, coalesce(n_p50, 0) AS n_p50, coalesce(n_mean, 0) AS n_mean,
        greatest(coalesce(n_p95, 0), coalesce(n_p50, 0), coalesce(n_mean, 0)) AS n_latency
    FROM standing s LEFT JOIN figures f USING (candidate_id)
)
SELECT k.* EXCLUDE (n_memory, throughput_variance, p95_variance, p50_variance, mean_variance,
        memory_variance),
    CASE n_latency WHEN n_p95 THEN 'p95' WHEN n_p50 THEN 'p50' ELSE 'mean' END AS statistic,
    n * throughput_variance AS throughput_squares,
    n_latency * CASE n_latency WHEN n_p95 THEN p95_variance WHEN n_p50 THEN p50_variance
        ELSE mean_variance END AS latency_squares,
    CASE WHEN n_memory = n THEN n * memory_variance END AS memory_squares,
    0 AS n_origins, $seq AS as_of_seq
FROM known k SEMI JOIN (FROM candidates WHERE NOT superseded) c ON c.id = k.candidate_id
"""
_GROUP = "model_id, model_version, scenario, input_shape, throughput_unit"
_CONFIGURATION = "batch, precision, compile_mode, memory_format, n_devices, threads, cache_state, pinning"
# A criterion that a candidate of a group lacks is dropped for all of it: its weight is 0 there.
_SCORES = f"""
INSERT INTO sql_scores BY NAME
WITH named AS (
    SELECT {_GROUP}, row_number() OVER () AS grid FROM (SELECT DISTINCT {_GROUP} FROM candidates)
), placed AS (
    SELECT {_CONFIGURATION}, row_number() OVER (ORDER BY {_CONFIGURATION}) AS place
    FROM (SELECT DISTINCT {_CONFIGURATION} FROM candidates)
), known AS MATERIALIZED (  -- once: the groups' numbers are others each time
    SELECT grid, place, hardware_id, candidate_id, n, throughput,
        CASE WHEN n_p95 = n_latency THEN p95 END AS p95,
        CASE WHEN n_p50 = n_latency THEN p50 END AS p50, mean,
        CASE WHEN e.memory_scope IS NOT NULL THEN round(memory) END AS memory,
        status = 'ok' AND throughput IS NOT NULL AS runs, runs OR status IN $decided AS is_decided
    FROM sql_estimates e JOIN candidates c ON c.id = e.candidate_id
        JOIN named USING ({_GROUP}) JOIN placed USING ({_CONFIGURATION})
), heights AS (
    SELECT grid, count(DISTINCT hardware_id) AS height FROM known WHERE runs GROUP BY grid
), common AS (
    SELECT grid, place FROM known SEMI JOIN (SELECT DISTINCT grid, hardware_id FROM known WHERE runs)
        USING (grid, hardware_id) JOIN heights USING (grid)
    WHERE is_decided GROUP BY grid, place, height HAVING count(DISTINCT hardware_id) = height
), compared AS (
    SELECT * FROM known SEMI JOIN common USING (grid, place) WHERE runs
), stated AS (
    SELECT grid, count(memory) = count(*) AS weighs_memory,
        CASE count(*) WHEN count(p95) THEN 0 WHEN count(p50) THEN 1 WHEN count(mean) THEN 2 END AS shown,
        $throughput + CASE WHEN shown IS NULL THEN 0 ELSE $latency END
            + CASE WHEN weighs_memory THEN $memory ELSE 0 END AS total
    FROM compared GROUP BY grid
), figured AS (
    SELECT *, CASE shown WHEN 0 THEN p95 WHEN 1 THEN p50 WHEN 2 THEN mean END AS latency,
        $throughput / total AS weight_throughput,
        CASE WHEN shown IS NULL THEN 0 ELSE $latency / total END AS weight_latency,
        CASE WHEN weighs_memory THEN $memory / total ELSE 0 END AS weight_memory
    FROM compared JOIN stated USING (grid)
), best AS (
    SELECT grid, max(throughput) AS fastest, min(latency) AS soonest, min(memory) AS least
    FROM figured GROUP BY grid
), scored AS (
    SELECT f.*, throughput / fastest AS throughput_score,
        CASE WHEN weight_latency > 0 THEN soonest / latency END AS latency_score,
        CASE WHEN weight_memory > 0 THEN least / memory END AS memory_score,
        weight_throughput * throughput_score + weight_latency * coalesce(latency_score, 0)
            + weight_memory * coalesce(memory_score, 0) AS compatibility_score,
        least(1, .5 + .1 * n) AS confidence, compatibility_score * confidence AS suitability_score
    FROM figured f JOIN best USING (grid)
), chosen AS (
    SELECT *, count(*) OVER hardware / (SELECT count(*) FROM common c WHERE c.grid = scored.grid) AS coverage
    FROM scored WINDOW hardware AS (PARTITION BY grid, hardware_id)
    QUALIFY row_number() OVER (PARTITION BY grid, hardware_id
        ORDER BY compatibility_score DESC, n DESC, place) = 1
), ranked AS (
    SELECT *, rank() OVER (PARTITION BY grid ORDER BY compatibility_score DESC) AS rank FROM chosen
), behind AS (
    SELECT candidate_id, list(id ORDER BY id) AS result_ids, max(recorded_at) AS last_updated
    FROM performance_results SEMI JOIN chosen USING (candidate_id)
    WHERE throughput IS NOT NULL AND kind_id IN (SELECT id FROM result_kinds WHERE status = 'ok')
    GROUP BY candidate_id
)
SELECT row_number() OVER (ORDER BY m.name, model_version, scenario, input_shape, throughput_unit,
        rank, k.n DESC, h.name) AS id,
    c.model_id, c.hardware_id, compatibility_score, suitability_score, batch AS recommended_batch_size,
    precision AS recommended_precision, k.memory / 1e6 AS memory_requirement, last_updated,
    model_version, scenario, input_shape, throughput_unit, compile_mode, memory_format,
    CASE WHEN contains(e.flags, 'speed_only') THEN 'speed only' END AS precision_basis,
    k.throughput, latency * 1e3 AS latency_ms, throughput_score, latency_score, memory_score,
    k.n, confidence, coverage,
    rank, $profile AS profile,
    weight_throughput, weight_latency, weight_memory, e.flags, c.env_id, result_ids, $seq AS as_of_seq
FROM ranked k JOIN candidates c ON c.id = candidate_id JOIN sql_estimates e USING (candidate_id)
    JOIN behind USING (candidate_id)
    JOIN models m ON m.id = c.model_id JOIN hardware_platforms h ON h.id = c.hardware_id
"""
# What has to agree with ours: exactly, or up to the rounding of sums.
_SAME = ("rank", "n", "recommended_batch_size", "recommended_precision", "flags", "env_id", "result_ids")
_NEAR = (
    *("compatibility_score", "suitability_score", "throughput_score", "latency_score", "memory_score"),
    *("throughput", "latency_ms", "memory_requirement", "confidence", "coverage"),
)
_COUNTED = ("status", "n", "n_tried", "n_p95", "n_p50", "n_mean", "statistic", "memory_scope", "flags")
_FIGURED = (
    *("throughput", "p95", "p50", "mean", "memory", "energy"),
    *("throughput_squares", "latency_squares", "memory_squares"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the rival's rows are not ours."""

    rows: int  # that only one has, or that differ in what is counted or said
    largest: float  # of all figures: |ours - theirs| / |theirs|, or / LEAST where theirs is smaller


def scores_in_sql(path: Path) -> int:
    """The number of scored pairs, now in the tables ESTIMATES and SCORES of the store at ``path``."""
    profile = shipped()[DEFAULT]
    weights = {name: getattr(profile.weights, name) for name in ("throughput", "latency", "memory")}
    with duckdb.connect(str(path)) as con:
        con.execute("SET enable_progress_bar = false")
        con.begin()
        for ours in TABLES.items():
            con.execute(_MAKE.format(*ours))
            con.execute(f"DELETE FROM {ours[0]}")
        seq = con.execute("SELECT max(seq) FROM events").fetchall()[0][0]
        con.execute(_FIGURES, {"precedence": list(PRECEDENCE), "seq": seq})
        asked = {"decided": sorted(DECIDED_FAILURES), "profile": profile.name, "seq": seq, **weights}
        con.execute(_SCORES, asked)
        con.commit()
        return int(con.execute(f"SELECT count(*) FROM {SCORES}").fetchall()[0][0])


def differences(path: Path) -> tuple[Difference, Difference]:
    """How the rival's estimates, and its scores, in the store at ``path`` differ from those of ours."""
    with duckdb.connect(str(path), read_only=True) as con:
        return (
            _difference(con, ESTIMATES, ("candidate_id",), _COUNTED, _FIGURED),
            _difference(con, SCORES, ("model_id", "hardware_id"), _SAME, _NEAR),
        )


def _difference(
    con: duckdb.DuckDBPyConnection, theirs: str, key: Sequence[str], same: Sequence[str], near: Sequence[str]
) -> Difference:
    differs = " OR ".join(
        ["a.as_of_seq IS NULL OR b.as_of_seq IS NULL"]
        + [f"a.{name} IS DISTINCT FROM b.{name}" for name in same]
        + [f"(a.{name} IS NULL) <> (b.{name} IS NULL)" for name in near]
    )
    gaps = ", ".join(f"abs(a.{name} - b.{name}) / greatest(abs(b.{name}), {LEAST})" for name in near)
    rows, largest = con.execute(
        f"""SELECT count(*) FILTER ({differs}), coalesce(max(greatest({gaps})), 0)
            FROM {TABLES[theirs]} a FULL JOIN {theirs} b USING ({", ".join(key)})"""
    ).fetchall()[0]
    return Difference(rows, largest)
