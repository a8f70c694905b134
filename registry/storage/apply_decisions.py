"""What people decided into rows: versions, links, aliases, renames, retractions, snapshots, history.

Each event is applied on its own, to the rows of all events before it. One that contradicts them raises, and
``apply`` keeps it as unapplied. Bodies name models by name and versions by tag.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import duckdb

from .apply_checkpoints import checkpoint_added, checkpoint_removed
from .apply_retractions import reinstated, retracted
from .history_rows import histories, history
from .journal import Event
from .rows import as_table, insert, utc

Connection = duckdb.DuckDBPyConnection


def decided(con: Connection, event: Event) -> None:
    """Applies a decision. Raises ``LookupError`` or ``ValueError`` where it is impossible."""
    KINDS[event.kind](con, event)


def ids_in_words(ids: Iterable[int]) -> str:
    """``1–3, 7`` for 1, 2, 3 and 7."""
    runs: list[list[int]] = []
    for number in sorted(set(ids)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("–".join(map(str, run)) for run in runs)


def _version_added(con: Connection, event: Event) -> None:
    body, model_id = event.body, _model(con, event.body["model"])
    found = _versions(con, model_id, body["tag"])
    if not found:
        _add_version(con, event, model_id, body["hash"], _json(body["metadata"]))
        history(con, event, _version_name(body["tag"]), "added", to_value=body["hash"])
        return
    con.execute(  # what was left open when it was added; what was said stays
        """UPDATE model_registry_versions SET version_hash = coalesce(version_hash, $hash),
               metadata = coalesce(metadata, $metadata) WHERE id = $id""",
        {"id": found[0], "hash": body["hash"], "metadata": _json(body["metadata"])},
    )
    said = [name for name in ("hash", "metadata") if body[name] is not None]
    history(con, event, _version_name(body["tag"]), "described", to_value=", ".join(said))


def _add_version(
    con: Connection, event: Event, model_id: int, version_hash: str | None, metadata: str | None
) -> int:
    if event.count != 1:
        raise ValueError(f"a new version takes one id, not {event.count}")
    tag, at = event.body["tag"], utc(event.at)
    con.execute(
        "INSERT INTO model_registry_versions VALUES (?, ?, ?, ?, ?, ?, NULL)",
        [event.first_id, model_id, tag, version_hash, metadata, at],
    )
    return event.first_id


def _results_linked(con: Connection, event: Event) -> None:
    body, model_id = event.body, _model(con, event.body["model"])
    held = _tags_by_result(con, body["ids"], model_id)
    found = _versions(con, model_id, body["tag"])
    if not found:
        history(con, event, _version_name(body["tag"]), "added")
    version_id = found[0] if found else _add_version(con, event, model_id, None, None)
    con.execute(
        "DELETE FROM version_results WHERE result_id IN (SELECT unnest($ids::BIGINT[]))", {"ids": list(held)}
    )
    links = [{"version_id": version_id, "result_id": result, "seq": event.seq} for result in held]
    insert(con, "version_results", as_table(links))
    moves = [
        (f"result {result}", "linked" if tag is None else "moved", tag, body["tag"])
        for result, tag in held.items()
    ]
    histories(con, event, moves)


def _tags_by_result(con: Connection, ids: Sequence[int], model_id: int) -> dict[int, str | None]:
    """The tag that each of the results is linked to so far. Raises ``LookupError`` for another model's."""
    found = con.execute(
        """SELECT r.id, v.version_tag FROM performance_results r
               LEFT JOIN version_results l ON l.result_id = r.id
               LEFT JOIN model_registry_versions v ON v.id = l.version_id
           WHERE r.id IN (SELECT unnest($ids::BIGINT[])) AND r.model_id = $model ORDER BY r.id""",
        {"ids": list(ids), "model": model_id},
    ).fetchall()
    if len(found) != len(set(ids)) or not found:
        raise LookupError(f"not all of {len(ids)} results are the model's")
    return dict(found)


def _version_deleted(con: Connection, event: Event) -> None:
    model_id = _model(con, event.body["model"])
    version_id = _version(con, model_id, event.body["tag"])
    if con.execute("SELECT 1 FROM model_aliases WHERE version_id = ?", [version_id]).fetchall():
        raise ValueError("an alias points to the version")
    lost = con.execute("SELECT result_id FROM version_results WHERE version_id = ?", [version_id]).fetchall()
    con.execute("DELETE FROM version_results WHERE version_id = ?", [version_id])
    con.execute("UPDATE model_registry_versions SET deleted_at = ? WHERE id = ?", [utc(event.at), version_id])
    results = f"results {ids_in_words(number for (number,) in lost)}" if lost else None
    history(con, event, _version_name(event.body["tag"]), "deleted", from_value=results)


def _alias_moved(con: Connection, event: Event) -> None:
    model_id, alias, tag = _model(con, event.body["model"]), event.body["alias"], event.body["tag"]
    before = con.execute(
        """SELECT version_tag FROM model_aliases a JOIN model_registry_versions v ON v.id = a.version_id
           WHERE a.model_id = ? AND alias = ?""",
        [model_id, alias],
    ).fetchall()
    if tag is None and not before:
        raise LookupError(f"no alias {alias}")
    version_id = None if tag is None else _version(con, model_id, tag)
    con.execute("DELETE FROM model_aliases WHERE model_id = ? AND alias = ?", [model_id, alias])
    if version_id is not None:
        con.execute(
            "INSERT INTO model_aliases VALUES (?, ?, ?, ?)", [model_id, alias, version_id, utc(event.at)]
        )
    action = "deleted" if tag is None else "moved" if before else "added"
    history(con, event, f"alias {alias}", action, before[0][0] if before else None, tag)


def _model_renamed(con: Connection, event: Event) -> None:
    old, new = event.body["model"], event.body["to"]
    model_id = _model(con, old)
    taken = con.execute(
        "SELECT id FROM models WHERE name = $new UNION SELECT model_id FROM renames WHERE old_name = $new",
        {"new": new},
    ).fetchall()
    if any(owner != model_id for (owner,) in taken):
        raise ValueError(f"another model has or had the name {new}")
    if not con.execute("SELECT 1 FROM renames WHERE old_name = ?", [old]).fetchall():
        con.execute("INSERT INTO renames VALUES (?, ?)", [model_id, old])
    con.execute("UPDATE models SET name = ? WHERE id = ?", [new, model_id])
    con.execute("UPDATE performance_results SET model = ? WHERE model_id = ?", [new, model_id])
    history(con, event, "model", "renamed", old, new)


def _snapshot(con: Connection, event: Event) -> None:
    body, model_id = event.body, _model(con, event.body["model"])
    if not body["rows"] or len(body["rows"]) != event.count:
        raise ValueError(f"a snapshot of {len(body['rows'])} rows with {event.count} ids")
    hardware = dict(con.execute("SELECT name, id FROM hardware_platforms").fetchall())
    shared = {
        "model_id": model_id,
        "version_tag": body["tag"],
        "version_id": _version(con, model_id, body["tag"]),
        "snapshot_id": event.first_id,
        "results_hash": body["results_hash"],
        "metadata": _json(body["metadata"]),
        "created_at": utc(event.at),
    }
    rows = [
        {key: value for key, value in row.items() if key != "hardware"}
        | {"id": number, "hardware_id": hardware[row["hardware"]], "candidates": _json(row["candidates"])}
        | shared
        for number, row in enumerate(body["rows"], event.first_id)
    ]
    insert(con, "hardware_compatibility_snapshots", as_table(rows))
    history(con, event, _version_name(body["tag"]), "snapshot", to_value=f"snapshot {event.first_id}")


KINDS: dict[str, Callable[[Connection, Event], None]] = {
    "version_added": _version_added,
    "results_linked": _results_linked,
    "version_deleted": _version_deleted,
    "alias_moved": _alias_moved,
    "model_renamed": _model_renamed,
    "retracted": retracted,
    "reinstated": reinstated,
    "snapshot": _snapshot,
    "checkpoint_added": checkpoint_added,
    "checkpoint_removed": checkpoint_removed,
}


def _json(value: Any) -> str | None:
    """The text of a JSON column; what is text already stays as it is."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _model(con: Connection, name: str) -> int:
    found = con.execute("SELECT id FROM models WHERE name = ?", [name]).fetchall()
    if not found:
        raise LookupError(f"no model {name}")
    return int(found[0][0])


def _versions(con: Connection, model_id: int, tag: str) -> list[int]:
    """The id of the version of that tag, where there is one that is not deleted."""
    found = con.execute(
        """SELECT id FROM model_registry_versions
           WHERE model_id = ? AND version_tag = ? AND deleted_at IS NULL""",
        [model_id, tag],
    ).fetchall()
    return [number for (number,) in found]


def _version(con: Connection, model_id: int, tag: str) -> int:
    found = _versions(con, model_id, tag)
    if not found:
        raise LookupError(f"no version {tag}")
    return found[0]


def _version_name(tag: str) -> str:
    return f"version {tag}"
