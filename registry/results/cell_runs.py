"""The single processes of a model's cells: those that a snapshot stands on, and those of the newest sweep.

A snapshot keeps the ids of its results, and results are never altered: so what it stood on can be read again,
process by process, whatever was linked or retracted since.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from itertools import chain
from statistics import median
from typing import TYPE_CHECKING, Any

from ..catalogue.naming import Model, find_model
from ..catalogue.versions import find_version
from ..errors import NoResultsError, UnknownNameError
from ..records import Configuration

if TYPE_CHECKING:
    import duckdb

_CONFIGURATION = tuple(field.name for field in fields(Configuration))
_COLUMNS = ", ".join(
    (
        *("id", "scenario", "input_shape", "throughput_unit", "hardware"),
        *_CONFIGURATION,
        *("status", "detail", "throughput", "env_id", "sweep_id"),
        "CASE WHEN memory_scope = 'allocator' THEN peak_memory_bytes END",
    )
)
# What makes two devices two, and decides how fast they are; what is installed on them is what is compared.
_MACHINE = (
    *("device_kind", "hardware", "host", "cpu", "physical_cores", "logical_cores", "governor"),
    *("device_uuid", "power_limit_w", "mig_profile"),
)
_SOFTWARE = ("os", "driver", "cuda", "python", "torch", "libraries", "thread_settings")


@dataclass(frozen=True, slots=True)
class MeasuredCell:
    """What was measured, whatever the version: one thing to compare."""

    scenario: str
    input_shape: str
    throughput_unit: str
    hardware: str
    configuration: Configuration


@dataclass(frozen=True, slots=True)
class CellRun:
    """One process of a cell. None = not measured."""

    result_id: int
    cell: MeasuredCell
    status: str
    detail: str | None
    throughput: float | None
    env_id: str
    sweep_id: str | None
    allocated_bytes: int | None  # the peak that the device's allocator counted; of a CPU there is none


@dataclass(frozen=True, slots=True)
class RunsOf:
    """The processes of one model that a snapshot or a sweep holds, measured ones only, by id."""

    name: str  # "snapshot 12 of version a1", "sweep nightly"
    model: str
    at: str  # ISO 8601, UTC
    runs: tuple[CellRun, ...]


def snapshot_runs(con: duckdb.DuckDBPyConnection, asked: str) -> RunsOf:
    """What a snapshot stood on; ``asked`` is its id, or MODEL@VERSION for a version's newest one.

    Raises UnknownNameError, NoResultsError where the version has no snapshot.
    """
    number = int(asked) if asked.isdecimal() else _newest_snapshot(con, asked)
    found = con.execute(
        """SELECT any_value(model_id), any_value(m.name), any_value(version_tag), any_value(s.created_at),
                  list(candidates)
           FROM hardware_compatibility_snapshots s JOIN models m ON m.id = model_id WHERE snapshot_id = ?
           GROUP BY snapshot_id""",
        [number],
    ).fetchone()
    if found is None:
        raise UnknownNameError(f"there is no snapshot {number}: {_known_snapshots(con)}")
    _, model, tag, at, candidates = found
    entries = chain.from_iterable(map(json.loads, candidates))
    ids = {i for entry in entries for name in ("result_ids", "other_ids") for i in entry[name]}
    return RunsOf(f"snapshot {number} of version {tag}", model, _utc(at), _runs(con, ids))


def newest_sweep_runs(con: duckdb.DuckDBPyConnection, model: str, besides: Collection[int]) -> RunsOf:
    """What the newest sweep measured of ``model``, without the results ``besides``.

    Raises NoResultsError where nothing was measured that is not among them.
    """
    known = find_model(con, model)
    found = con.execute(
        """SELECT s.sweep_id, s.name, s.started_at FROM sweeps s
           WHERE EXISTS (FROM performance_results r WHERE r.sweep_id = s.sweep_id AND r.model_id = $model
                         AND r.candidate_id IS NOT NULL AND NOT list_contains($besides, r.id))
           ORDER BY s.started_at DESC, s.rowid DESC LIMIT 1""",
        {"model": known.id, "besides": sorted(besides)},
    ).fetchone()
    if found is None:
        raise NoResultsError(
            f"{known.name} was not measured since the snapshot: run its sweep again with "
            "`fitment sweep FILE --again`"
        )
    sweep_id, name, at = found
    rows = con.execute(
        """SELECT id FROM performance_results
           WHERE sweep_id = ? AND model_id = ? AND candidate_id IS NOT NULL""",
        [sweep_id, known.id],
    ).fetchall()
    ids = {number for (number,) in rows} - set(besides)
    return RunsOf(f"sweep {name}", known.name, _utc(at), _runs(con, ids))


def sessions(
    con: duckdb.DuckDBPyConnection, model: str, env_ids: Collection[str]
) -> list[Mapping[tuple[str, MeasuredCell], float]]:
    """Each sweep's median seconds per unit, by what ran it (environment, version, weights) and cell.

    Of ``model`` in these environments: what one such key is measured as, sweep after sweep, is how sessions
    of unchanged code differ.
    """
    found = con.execute(
        f"""SELECT {_COLUMNS}, concat_ws('|', env_id, model_version, weights_hash, protocol)
            FROM current_results WHERE model_id = ? AND list_contains(?, env_id)
            AND sweep_id IS NOT NULL AND provenance = 'measured' AND status = 'ok' AND throughput IS NOT NULL
            ORDER BY id""",  # noqa: S608  # our own names
        [find_model(con, model).id, sorted(env_ids)],
    ).fetchall()
    times: dict[str, dict[tuple[str, MeasuredCell], list[float]]] = defaultdict(lambda: defaultdict(list))
    for *columns, code in found:
        run = _run(columns)
        times[str(run.sweep_id)][code, run.cell].append(1.0 / float(run.throughput or 0.0))
    return [{key: median(values) for key, values in sweep.items()} for sweep in times.values()]


def machine_of(con: duckdb.DuckDBPyConnection, env_ids: Collection[str]) -> dict[str, dict[str, str]]:
    """What is known of the machine of each environment, by name: two that agree are one machine."""
    return _facts(con, env_ids, _MACHINE)


def software_of(con: duckdb.DuckDBPyConnection, env_ids: Collection[str]) -> dict[str, dict[str, str]]:
    """What ran on it, by name."""
    return _facts(con, env_ids, _SOFTWARE)


def _facts(
    con: duckdb.DuckDBPyConnection, env_ids: Collection[str], names: Sequence[str]
) -> dict[str, dict[str, str]]:
    rows = con.execute(
        f"SELECT env_id, {', '.join(names)} FROM environments WHERE list_contains(?, env_id)",  # noqa: S608
        [sorted(env_ids)],
    ).fetchall()
    return {
        env_id: {name: str(value) for name, value in zip(names, values, strict=True) if value is not None}
        for env_id, *values in rows
    }


def _runs(con: duckdb.DuckDBPyConnection, ids: Collection[int]) -> tuple[CellRun, ...]:
    rows = con.execute(
        f"""SELECT {_COLUMNS} FROM performance_results
            WHERE list_contains(?, id) AND provenance = 'measured' ORDER BY id""",  # noqa: S608  # our own names
        [sorted(ids)],
    ).fetchall()
    return tuple(map(_run, rows))


def _run(row: Sequence[Any]) -> CellRun:
    number, scenario, shape, unit, hardware, *others = row
    configuration = Configuration(*others[: len(_CONFIGURATION)])
    cell = MeasuredCell(scenario, shape, unit, hardware, configuration)
    return CellRun(number, cell, *others[len(_CONFIGURATION) :])


def _newest_snapshot(con: duckdb.DuckDBPyConnection, asked: str) -> int:
    name, separator, tag = asked.rpartition("@")
    if not separator:
        raise UnknownNameError(
            f"{asked[:100]!r} names no snapshot: give its number or MODEL@VERSION; {_known_snapshots(con)}"
        )
    model: Model = find_model(con, name)
    version = find_version(con, model, tag)
    found = con.execute(
        "SELECT max(snapshot_id) FROM hardware_compatibility_snapshots WHERE version_id = ?", [version.id]
    ).fetchone()
    if found is None or found[0] is None:
        raise NoResultsError(
            f"version {version.tag} of {model.name} has no snapshot: "
            f"`fitment create-snapshot {model.name} {version.tag}` makes one"
        )
    return int(found[0])


def _known_snapshots(con: duckdb.DuckDBPyConnection) -> str:
    found = con.execute(
        """SELECT DISTINCT snapshot_id, m.name, version_tag FROM hardware_compatibility_snapshots
           JOIN models m ON m.id = model_id ORDER BY snapshot_id DESC LIMIT 5"""
    ).fetchall()
    if not found:
        return "none was made yet (fitment create-snapshot MODEL VERSION)"
    return "the newest are " + ", ".join(f"{number} ({model}@{tag})" for number, model, tag in found)


def _utc(at: datetime) -> str:
    return at.replace(tzinfo=UTC).isoformat(timespec="seconds")
