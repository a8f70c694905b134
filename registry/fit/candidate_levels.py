"""All that is known of all candidates as columns of numbers, in the levels that are compared (kernels).

What ``comparison.py`` says with objects for the group of one question: which stack speaks for a hardware, and
which environment for a configuration. Names are numbered in their order.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from ...kernels.decided_configurations import (
    FAILED,
    MEMORY,
    NO_MODE,
    NO_PRECISION,
    OUT_OF_MEMORY,
    RAN,
    Levels,
)
from ..catalogue.hardware import CatalogueEntry, match
from ..records import DECIDED_FAILURES, Configuration
from ..results.interval_columns import STATISTICS
from . import outcomes
from .stacks import minor, release

Columns = dict[str, NDArray[Any]]
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_GROUP = "model_id, model_version, scenario, input_shape, throughput_unit"
_COMBINATION = "precision, compile_mode, memory_format, n_devices, threads, cache_state, pinning"
_KNOWN = "FROM candidates c JOIN estimates s ON s.candidate_id = c.id WHERE NOT superseded"
_GROUPS = f"""
SELECT m.name AS model, {_GROUP} FROM (SELECT DISTINCT {_GROUP} {_KNOWN}) JOIN models m ON m.id = model_id
ORDER BY model, model_version, scenario, input_shape, throughput_unit
"""  # noqa: S608 - our own names
_COMBINATIONS = f"SELECT DISTINCT {_COMBINATION} FROM candidates ORDER BY ALL"  # noqa: S608
_ENVIRONMENTS = """
SELECT c.env_id, coalesce(e.stack, c.env_id) AS stack, torch, coalesce(host = $host, FALSE) AS here,
    coalesce(device_memory_bytes, CAST(memory_gib AS BIGINT) * 1073741824) AS capacity
FROM (SELECT DISTINCT env_id FROM candidates) c LEFT JOIN environments e USING (env_id) ORDER BY env_id
"""
_HARDWARE = "SELECT id, name FROM hardware_platforms ORDER BY name"
# Numbers of names from 0, as the tables above list them. NULL: not known.
_ROWS = f"""
SELECT c.id AS candidate_id, g.place AS "group", h.place AS hardware, e.place AS env, k.place AS combination,
    c.batch, provenance <> 'imported' AS measured, c.device_kind <> 'cpu' AS in_catalogue,
    CASE WHEN status = 'ok' AND throughput IS NOT NULL THEN {RAN}
        WHEN status IN (SELECT unnest($out_of_memory::VARCHAR[])) THEN {OUT_OF_MEMORY}
        WHEN status = 'unsupported_precision' THEN {NO_PRECISION}
        WHEN status = 'unsupported_compile' THEN {NO_MODE}
        WHEN status IN (SELECT unnest($decided::VARCHAR[])) THEN {FAILED} ELSE -1 END AS state,
    s.n, s.n_tried, throughput,
    {", ".join(f"CASE WHEN n_{name} = n_latency THEN {name} END AS {name}" for name in STATISTICS[:2])}, mean,
    CASE WHEN memory_scope IS NOT NULL THEN round(memory) END AS memory, o.place AS scope
FROM candidates c JOIN estimates s ON s.candidate_id = c.id
    JOIN result_groups g USING ({_GROUP}) JOIN combinations k USING ({_COMBINATION})
    JOIN named_hardware h ON h.id = c.hardware_id JOIN named_environments e USING (env_id)
    LEFT JOIN scopes o USING (memory_scope)
WHERE NOT superseded
"""  # noqa: S608 - our own names


@dataclass(frozen=True, slots=True)
class Candidates:
    """What is known, in levels; r rows, one for each configuration that a hardware has decided in a stack."""

    levels: Levels
    columns: Columns  # of the levels' rows: those of _IN_LEVELS, float64 NaN = not known
    of_hardware: Whole  # the hardware's number of each of the levels' hardware, int64[h]
    known: Columns  # columns of all estimates, in no order
    groups: Columns  # of each group: "model", "scenario" …, in their order
    hardware: list[str]  # by number
    configurations: list[Configuration]  # by place
    minors: list[str | None]  # torch's minor releases by number, oldest first; the first one is not known


def candidate_levels(connection: duckdb.DuckDBPyConnection) -> Candidates:
    """What the stored estimates know of all candidates that count."""
    groups = connection.execute(_GROUPS).fetchnumpy()
    hardware = connection.execute(_HARDWARE).fetchnumpy()
    combinations = connection.execute(_COMBINATIONS).fetchall()
    environments = connection.execute(_ENVIRONMENTS, {"host": socket.gethostname()}).fetchall()
    known = _rows(connection)
    names = hardware["name"].tolist()
    minors = _join_environments(known, environments)
    _join_catalogue(known, names)
    configurations = _join_places(known, combinations)
    levels, rows, of_hardware = _levels(known, len(groups["model"]), max(1, len(names)))
    columns = {name: known[name][rows] for name in _IN_LEVELS}
    return Candidates(levels, columns, of_hardware, known, groups, names, configurations, minors)


def _rows(connection: duckdb.DuckDBPyConnection) -> Columns:
    """A row for each estimate that counts, in no order."""
    named = {
        "result_groups": _GROUPS,
        "combinations": _COMBINATIONS,
        "named_hardware": _HARDWARE,
        "named_environments": "SELECT DISTINCT env_id FROM candidates ORDER BY env_id",
        "scopes": "SELECT DISTINCT memory_scope FROM estimates WHERE memory_scope IS NOT NULL ORDER BY ALL",
    }
    tables = ", ".join(
        f"{name} AS (SELECT *, row_number() OVER () - 1 AS place FROM ({query}))"  # noqa: S608 - our own
        for name, query in named.items()
    )
    asked = {"decided": sorted(DECIDED_FAILURES), "out_of_memory": sorted(outcomes.OUT_OF_MEMORY)}
    found = connection.sql(f"WITH {tables} {_ROWS}", params=asked).to_arrow_table()
    columns: Columns = {}
    for name in found.column_names:
        kind = np.float64 if name in _REAL else np.bool_ if name in _MARKS else np.int64
        column = found.column(name)
        columns[name] = np.asarray((column.fill_null(-1) if name == "scope" else column).to_numpy(), kind)
    return columns


_IN_LEVELS = (
    *("candidate_id", "group", "hardware", "place", "state", "n", "minor", "throughput", *STATISTICS),
    *("memory", "scope", "capacity", "from_catalogue"),
)
_REAL = {"throughput", *STATISTICS, "memory"}
_MARKS = {"measured", "in_catalogue"}


def _join_environments(known: Columns, environments: list[tuple[Any, ...]]) -> list[str | None]:
    """Adds what is known of each row's environment; torch's minor releases by number."""
    _, stacks, torches, here, capacities = zip(*environments, strict=True) if environments else [()] * 5
    stack_names = {name: i for i, name in enumerate(sorted(set(stacks)))}
    releases = {found: i for i, found in enumerate(sorted({release(torch) for torch in torches}))}
    minors: list[str | None] = [None, *sorted({minor(torch) for torch in torches} - {None}, key=release)]
    env = known["env"]
    known["stack"] = np.array([stack_names[name] for name in stacks], np.int64)[env]
    known["release"] = np.array([releases[release(torch)] for torch in torches], np.int64)[env]
    known["minor"] = np.array([minors.index(minor(torch)) for torch in torches], np.int64)[env]
    known["here"] = np.array(here, np.bool_)[env] & known["measured"]
    known["capacity"] = np.array([np.nan if c is None else c for c in capacities], np.float64)[env]
    return minors


def _join_catalogue(known: Columns, hardware: list[str]) -> None:
    """Fills the capacities that no environment states, as ``capacity.py`` does for one."""
    unstated = np.isnan(known["capacity"]) & known["in_catalogue"]
    listed = np.full(len(hardware), np.nan)
    for i in np.unique(known["hardware"][unstated]).tolist():
        entry = match(hardware[i])
        size = entry.memory_bytes if isinstance(entry, CatalogueEntry) else None
        listed[i] = np.nan if size is None else size
    known["from_catalogue"] = unstated & ~np.isnan(listed[known["hardware"]])
    known["capacity"] = np.where(unstated, listed[known["hardware"]], known["capacity"])


def _join_places(known: Columns, combinations: list[tuple[Any, ...]]) -> list[Configuration]:
    """Adds precision, compile mode and place by number; the configurations by place."""
    for i, name in enumerate(("precision", "mode")):
        values = sorted({each[i] for each in combinations})
        known[name] = np.array([values.index(each[i]) for each in combinations], np.int64)[
            known["combination"]
        ]
    width = max(1, len(combinations))
    found, known["place"] = np.unique(known["batch"] * width + known["combination"], return_inverse=True)
    return [Configuration(key // width, *combinations[key % width]) for key in found.tolist()]


def _levels(known: Columns, groups: int, hardware: int) -> tuple[Levels, Whole, Whole]:
    """The levels of what decides, which of the known rows are in them, and the number of each one's hardware.

    Of a stack's environments that have decided a configuration the one with the most ok runs counts. Stacks
    measured here speak first, then those of the newest torch, then those with the most configurations.
    """
    order, pair = _in_order(known, hardware)
    stack, place = known["stack"][order], known["place"][order]
    new_stack = _changes(pair, stack)
    own = new_stack | _changes(place)
    starts = np.flatnonzero(new_stack)
    if not starts.size:
        nothing = np.zeros(1, np.int64)
        empty = Levels(
            np.zeros(groups + 1, np.int64), nothing, nothing, np.empty((0, 8), np.int64), np.empty(0)
        )
        return empty, order, np.empty(0, np.int64)
    sizes = np.add.reduceat(own.astype(np.int64), starts)
    here = np.maximum.reduceat(known["here"][order], starts)
    newest = np.maximum.reduceat(known["release"][order], starts)
    speaking = np.lexsort((stack[starts], -sizes, -newest, ~here, pair[starts]))
    turn = np.empty(speaking.size, np.int64)
    turn[speaking] = np.arange(speaking.size)
    order = order[own]
    order = order[np.argsort(turn[np.cumsum(new_stack)[own] - 1], kind="stable")]
    of_stack = pair[starts][speaking]
    first = np.flatnonzero(_changes(of_stack))
    return (
        Levels(
            np.searchsorted(of_stack[first] // hardware, np.arange(groups + 1)),
            np.append(first, of_stack.size),
            np.concatenate([[0], np.cumsum(sizes[speaking])]),
            _table(known, order),
            known["throughput"][order],
        ),
        order,
        of_stack[first] % hardware,
    )


def _in_order(known: Columns, hardware: int) -> tuple[Whole, Whole]:
    """What decides by group and hardware, stack and configuration, of equals the one that counts first; and
    the number of its group and hardware."""
    rows = np.flatnonzero(known["state"] >= 0)
    pair = known["group"][rows] * hardware + known["hardware"][rows]
    stack, place, env = (known[name][rows] for name in ("stack", "place", "env"))
    n, n_tried, failed = known["n"][rows], known["n_tried"][rows], known["state"][rows] != RAN
    turn = np.lexsort((env, -n_tried, failed, -n, place, stack, pair))
    return rows[turn], pair[turn]


def _table(known: Columns, rows: Whole) -> Whole:
    """The columns that are compared, int64[r, 8]."""
    found = np.empty((rows.size, 8), np.int64)
    for i, name in enumerate(("place", "batch", "combination", "precision", "mode", "state", "n")):
        found[:, i] = known[name][rows]
    found[:, MEMORY] = ~np.isnan(known["memory"][rows])
    return found


def _changes(*keys: NDArray[Any]) -> NDArray[np.bool_]:
    """Where any of the keys differs from the one before it; the first always does."""
    found = np.ones(keys[0].size, np.bool_)
    found[1:] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return found
