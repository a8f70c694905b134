"""What a version's results say now, kept for good: no later result, link or retraction changes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Any

from ..answers import Estimate, Question
from ..catalogue.actor import actor
from ..catalogue.naming import Model, find_model
from ..catalogue.versions import find_version, sound_metadata
from ..fit import profiles
from ..fit.comparison import Comparison, compare, hold
from ..fit.criteria import criteria
from ..fit.groups import by_group, name
from ..fit.ranking import Ranked, ranking
from ..fit.scored import scored, weights_used
from ..records import Configuration, content_hash
from ..results.estimates import group_estimates
from ..storage.store import Draft, Store
from .snapshot_candidates import candidate
from .version_results import result_ids

if TYPE_CHECKING:
    import duckdb

# What tells one estimate from another within a version of a model.
_KEY = ("scenario", "input_shape", "throughput_unit", "hardware", "env_id")
_CONFIGURATION = tuple(field.name for field in fields(Configuration))
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class SnapshotMade:
    """A snapshot: one row for each (scenario, input shape, unit, hardware)."""

    id: int
    model: str
    tag: str
    rows: int
    results: int  # that it stands on
    repeated: bool  # the newest one stood on the same results already; nothing was made


def create_snapshot(
    store: Store, model: str, tag: str, metadata: Mapping[str, Any] | None = None
) -> SnapshotMade:
    """The snapshot of a version's results as they stand; the newest one where it stands on the same.

    ``tag`` may be an alias. Raises NoResultsError for a model or a version without results,
    UnknownNameError that names the versions there are, RefusedError for metadata that is no JSON object,
    StoreBusyError.
    """
    kept = None if metadata is None else sound_metadata(metadata)
    found: list[SnapshotMade] = []

    def compose(con: duckdb.DuckDBPyConnection) -> Draft | None:
        known = find_model(con, model)
        version = find_version(con, known, tag)
        ids = result_ids(con, known, version.tag)
        results_hash = content_hash(ids)
        newest = _newest(con, version.id)
        if newest is not None and newest[2] == results_hash:
            found.append(SnapshotMade(newest[0], known.name, version.tag, newest[1], len(ids), repeated=True))
            return None
        rows = _rows(con, known, version.tag)
        found.append(SnapshotMade(0, known.name, version.tag, len(rows), len(ids), repeated=False))
        body = {
            "actor": actor(),
            "model": known.name,
            "tag": version.tag,
            "results_hash": results_hash,
            "metadata": kept,
            "rows": rows,
        }
        return Draft("snapshot", body, len(rows))

    appended = store.decide(compose)
    made = found[-1]
    if appended is None:
        return made
    return SnapshotMade(appended.first_id, made.model, made.tag, made.rows, made.results, repeated=False)


def _newest(con: duckdb.DuckDBPyConnection, version_id: int) -> tuple[int, int, str] | None:
    """Id, number of rows and results_hash of a version's newest snapshot."""
    found = con.execute(
        """SELECT snapshot_id, count(*), any_value(results_hash) FROM hardware_compatibility_snapshots
           WHERE version_id = ? GROUP BY snapshot_id ORDER BY snapshot_id DESC LIMIT 1""",
        [version_id],
    ).fetchall()
    return found[0] if found else None


def _rows(con: duckdb.DuckDBPyConnection, model: Model, tag: str) -> list[dict[str, Any]]:
    groups = by_group(e for e in group_estimates(con, model.name) if e.group.model_version == tag)
    ids = _ids(con, model, tag)
    rows = []
    for group in sorted(groups, key=name):
        comparison = compare(Question(model.name), hold(group, groups[group]))
        ranked = {r.best.estimate.hardware: r for r in _ranking(comparison)}
        for hardware, estimates in comparison.held.estimates.items():
            rows.append(_row(hardware, estimates, ranked.get(hardware), ids))
    return rows


def _ranking(comparison: Comparison) -> list[Ranked]:
    """As the stored scores have it: the unrestricted question, the default profile."""
    if not comparison.running:
        return []
    values = criteria(comparison.compared, common=comparison.freed is None)
    weights = weights_used(profiles.shipped()[profiles.DEFAULT].weights, values)
    return ranking(scored(comparison.compared, values, weights), "compatibility")


def _row(
    hardware: str, estimates: Sequence[Estimate], ranked: Ranked | None, ids: Mapping[Key, Sequence[int]]
) -> dict[str, Any]:
    group = estimates[0].group
    ordered = sorted(estimates, key=_key)
    return {
        "hardware": hardware,
        "scenario": group.scenario,
        "input_shape": group.input_shape,
        "throughput_unit": group.throughput_unit,
        "compatibility_score": ranked.best.compatibility if ranked else None,
        "suitability_score": ranked.best.suitability if ranked else None,
        "candidates": [candidate(e, ids[_key(e)]) for e in ordered],
    }


def _key(e: Estimate) -> Key:
    g = e.group
    return (g.scenario, g.input_shape, g.throughput_unit, e.hardware, e.env_id, *astuple(e.configuration))


def _ids(con: duckdb.DuckDBPyConnection, model: Model, tag: str) -> dict[Key, list[int]]:
    """All results of each estimate of a version."""
    columns = ", ".join((*_KEY, *_CONFIGURATION))
    found = con.execute(
        f"SELECT id, {columns} FROM current_results WHERE model_id = ? AND model_version = ?",  # noqa: S608 - our own names
        [model.id, tag],
    ).fetchall()
    ids: dict[Key, list[int]] = defaultdict(list)
    for number, *key in found:
        ids[tuple(key)].append(number)
    return ids
