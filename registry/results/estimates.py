"""What is known of each candidate: one estimate per (group, hardware, configuration, environment).

Derived from ``performance_results``, never journalled; simulated rows never enter. A location is the
median over ok processes, with its interval beside it (``interval_columns``). n counts ok processes with
a usable throughput. Where any process had a numerics failure, the estimate has that status: what gives
wrong output once is not recommended. ``speed_only`` is among the flags where nothing is known of accuracy:
the zoo's weights are drawn from a seed, and published figures don't state theirs.
"""

from __future__ import annotations

import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from ..answers import Estimate, Evidence, Group, Spread
from ..records import OK, Configuration
from .behind import is_current
from .runs import Runs, runs_of

if TYPE_CHECKING:
    import pyarrow as pa

GROUP = ("model", "model_version", "scenario", "input_shape", "throughput_unit")
CONFIGURATION = tuple(field.name for field in fields(Configuration))
# The fields of an Estimate that a row holds under the same name.
SAME = tuple(
    field.name
    for field in fields(Estimate)
    if field.name
    not in ("group", "configuration", "evidence", "latency_s", "latency_statistic", "processes", "spread")
)
VARYING = ("throughput", "latency", "memory", "energy")
# What is known of each candidate of ``{source}`` by names. A tier holds for the machine that reads.
STATED = """
SELECT c.* EXCLUDE (id, provenance, protocol, superseded), c.id AS candidate_id,
    m.name AS model, h.name AS hardware, coalesce(e.stack, c.env_id) AS stack,
    s.status, s.n, s.n_tried, s.throughput,
    CASE WHEN n_p95 = n_latency THEN p95 END AS latency_p95_s,
    CASE WHEN n_p50 = n_latency THEN p50 END AS latency_p50_s,
    s.mean AS latency_mean_s,
    s.n_latency, s.throughput_low, s.throughput_high, s.latency_low, s.latency_high, s.interval_basis,
    s.throughput_squares, s.latency_squares, s.latency_correlation, s.energy_correlation,
    CASE WHEN s.memory_scope IS NOT NULL THEN s.memory_squares END AS memory_squares,
    CASE WHEN s.energy_source IS NOT NULL THEN s.energy_squares END AS energy_squares,
    s.throughput_around, s.latency_around, s.memory_around, s.energy_around,
    CASE WHEN s.memory_scope IS NOT NULL THEN CAST(round(memory) AS BIGINT) END AS memory_bytes,
    s.memory_scope,
    CASE WHEN s.energy_source IS NOT NULL THEN energy END AS energy_per_unit_j, s.energy_source,
    coalesce(e.device_memory_bytes, CAST(e.memory_gib AS BIGINT) * 1073741824) AS capacity_bytes,
    CASE WHEN c.provenance = 'imported' THEN 'imported' WHEN e.host = $host THEN 'measured here'
        ELSE 'measured elsewhere' END AS tier,
    CASE WHEN c.provenance = 'imported'
        THEN concat(s.file, ':', s.line, ' and ' || nullif(n_origins - 1, 0) || ' more')
        ELSE concat_ws(', ', coalesce(e.host, 'unknown host'), 'torch ' || e.torch) END AS source,
    s.detail, s.assumed, s.flags, e.torch AS torch, e.host AS host,
    concat_ws(' ', 'driver ' || e.driver, 'CUDA ' || e.cuda, 'torch ' || e.torch, e.libraries) AS software
FROM {source} s JOIN candidates c ON c.id = s.candidate_id AND NOT c.superseded
    JOIN models m ON m.id = c.model_id JOIN hardware_platforms h ON h.id = c.hardware_id
    LEFT JOIN environments e USING (env_id)
WHERE ($model IS NULL OR m.name = $model)
    AND ($among IS NULL OR c.id IN (SELECT unnest($among::INTEGER[])))
"""


def group_estimates(
    connection: duckdb.DuckDBPyConnection,
    model: str | None = None,
    stacks: Collection[str] | None = None,
    among: NDArray[np.int32] | None = None,
    *,
    runs: bool = True,
) -> list[Estimate]:
    """The estimates of one model, or of all: the stored ones, or made in memory where those are behind.

    ``stacks``: only those of these stacks. ``among``: only those of these candidates, by their ids. Without
    ``runs`` the processes and the results' ids stay empty, and stored estimates are all that is read.
    """
    with _source(connection, model) as source:
        found = connection.execute(STATED.format(source=source), _asked(model, among))
        names = [column[0] for column in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    if stacks is not None:
        rows = [row for row in rows if row["stack"] in stacks]
    ids = np.array([row["candidate_id"] for row in rows], np.int32)
    behind = runs_of(connection, ids) if runs else {}
    nothing = Runs((), (), ())
    return [_estimate(row, behind.get(row["candidate_id"], nothing)) for row in rows]


def estimate_table(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """As ``group_estimates`` of all models, one row each."""
    with _source(connection, None) as source:
        return connection.sql(STATED.format(source=source), params=_asked(None, None)).to_arrow_table()


def _asked(model: str | None, among: NDArray[np.int32] | None) -> dict[str, object]:
    ids = None if among is None else among.tolist()
    return {"model": model, "host": socket.gethostname(), "among": ids}


@contextmanager
def _source(connection: duckdb.DuckDBPyConnection, model: str | None) -> Iterator[str]:
    """The table that holds the model's estimates: the stored one, or one that is made in memory."""
    if is_current(connection):
        yield "estimates"
        return
    from .interval_columns import with_intervals  # both need pyarrow, which takes longer than an answer
    from .located import located

    connection.register("made", with_intervals(located(connection, model)))
    yield "made"
    connection.unregister("made")


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
    """The distinct precisions, compile modes and memory formats of what was measured, sorted, by axis."""
    axes = ("precision", "compile_mode", "memory_format")
    lists = ", ".join(f"list_sort(list(DISTINCT {axis}))" for axis in axes)
    found = connection.execute(f"SELECT {lists} FROM candidates").fetchall()[0]  # noqa: S608 - fixed names
    return {axis: values or [] for axis, values in zip(axes, found, strict=True)}


def _estimate(row: dict[str, Any], runs: Runs) -> Estimate:
    latencies = {s: row[f"latency_{s}_s"] for s in ("p95", "p50", "mean")}
    statistic = next((s for s, value in latencies.items() if value is not None), None)
    same = {name: row[name] for name in SAME}
    return Estimate(
        **same,
        group=Group(*(row[name] for name in GROUP)),
        configuration=Configuration(*(row[name] for name in CONFIGURATION)),
        latency_s=latencies[statistic] if statistic else None,
        processes=runs.processes if row["n"] > 1 else (),
        spread=_spread(row) if row["n"] > 1 else None,
        latency_statistic=statistic,
        evidence=Evidence(
            row["tier"], row["source"], runs.ok if row["status"] == OK and row["n"] else runs.all
        ),
    )


def _spread(row: dict[str, Any]) -> Spread:
    return Spread(
        tuple(row[f"{name}_squares"] for name in VARYING),
        (row["latency_correlation"], row["energy_correlation"]),
        tuple(row[f"{name}_around"] for name in VARYING),
    )
