"""What models are and who uses them into rows: the newest record of each, the newest scan of each place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from . import model_columns, segments
from .history_rows import histories, history
from .journal import Event
from .rows import insert_new

Connection = duckdb.DuckDBPyConnection
Change = tuple[str, str, str | None, str | None]  # subject, action, from, to


def recorded(con: Connection, folder: Path, event: Event) -> None:
    """Applies such an event. Raises ``LookupError`` or ``ValueError`` where it is impossible."""
    content, name = None, segments.named_in(event.body)
    if name:
        content = segments.read(folder, name)
        insert_new(con, "segments", "name", [{"name": name, "content": content}])
    KINDS[event.kind](con, event, content)


def _models_recorded(con: Connection, event: Event, content: bytes | None) -> None:
    rows = model_columns.unpacked(event.body, content, model_columns.models())
    con.register("incoming_models", rows)
    (same,) = con.execute(
        "SELECT count(*) - count(DISTINCT (model_id, version)) FROM incoming_models"
    ).fetchall()
    if same[0]:
        raise ValueError("one model stands twice in an event")
    if rows.num_rows == 1:
        _tell(con, event, model_columns.plain(rows)[0])
    else:
        _tell_many(con, event, rows.num_rows)
    con.execute(
        """DELETE FROM model_records USING incoming_models i
           WHERE model_records.model_id = i.model_id AND model_records.version = i.version"""
    )
    con.execute(
        f"INSERT INTO model_records BY NAME SELECT *, {_WORDS} AS words, $seq AS seq FROM incoming_models",  # noqa: S608
        {"seq": event.seq},
    )
    con.unregister("incoming_models")


def _tell(con: Connection, event: Event, new: dict[str, Any]) -> None:
    """What is new in the history: that a record was added, or each of its fields that was changed."""
    key = [new["model_id"], new["version"]]
    cursor = con.execute("SELECT * FROM model_records WHERE model_id = ? AND version = ?", key)
    names = [column[0] for column in cursor.description or ()]
    of = f" of {new['version']}" if new["version"] else ""
    changes: list[Change] = []
    for held in cursor.fetchall():
        old = dict(zip(names, held, strict=True))
        said = {
            name: (_words(old[name]), _words(new.get(name))) for name in names if name not in ("words", "seq")
        }
        changes += [(f"{name}{of}", "changed", *each) for name, each in said.items() if each[0] != each[1]]
        changes = changes or [(f"record{of}", "recorded", None, None)]
    if not changes:
        changes = [(f"record{of}", "added", None, new.get("licence"))]
    histories(con, event, changes, new["model_id"])


def _tell_many(con: Connection, event: Event, rows: int) -> None:
    ((known,),) = con.execute(
        "SELECT count(*) FROM model_records SEMI JOIN incoming_models USING (model_id, version)"
    ).fetchall()
    counts = f"{rows - known:,} added, {known:,} changed"
    if source := event.body["source"]:
        counts += f", from {source}"
    history(con, event, f"{rows:,} records", "recorded", None, counts, model="")


def _words(value: Any) -> str | None:
    """A field's value in words for one line; None where nothing is said."""
    if value is None or value == [] or value == {}:
        return None
    if isinstance(value, dict):
        if "model_id" in value:
            return (
                f"{value['model_id']} ({value['relation']})"
                if value.get("relation")
                else str(value["model_id"])
            )
        return ", ".join(f"{key}={value[key]}" for key in sorted(value))
    return ", ".join(str(_words(each)) for each in value) if isinstance(value, list) else str(value)


def _usage_recorded(con: Connection, event: Event, content: bytes | None) -> None:
    import pyarrow as pa

    body = event.body
    rows = model_columns.unpacked(body, content, model_columns.uses())
    con.register("incoming_uses", rows)
    con.register("incoming_empty", pa.table({"repository": pa.array(body["without"], pa.string())}))
    scanned = {"source": body["scan"]}
    before, repositories = con.execute(
        f"""WITH {_SCANNED} SELECT (SELECT count(*) FROM model_usage SEMI JOIN scanned USING (repository)
                WHERE source = $source), (SELECT count(*) FROM scanned)""",  # noqa: S608 - our own text
        scanned,
    ).fetchall()[0]
    if repositories == 1:
        one = con.execute(f"WITH {_SCANNED} SELECT repository FROM scanned").fetchall()[0][0]  # noqa: S608
        said = ("model use", "recorded", f"{before:,} places", f"{rows.num_rows:,} places")
        histories(con, event, [said], one)
    else:
        counts = f"{rows.num_rows:,} places in {repositories:,} repositories"
        counts += f", from {body['source']}" if body["source"] else ""
        history(con, event, "model use", "recorded", f"{before:,} places", counts, model="")
    con.execute(
        f"""WITH {_SCANNED} DELETE FROM model_usage
            WHERE source = $source AND repository IN (SELECT repository FROM scanned)""",  # noqa: S608
        scanned,
    )
    con.execute(
        "INSERT INTO model_usage BY NAME SELECT *, $seq AS seq FROM incoming_uses", {"seq": event.seq}
    )
    con.unregister("incoming_uses")
    con.unregister("incoming_empty")


# Each text between line ends, a tag behind one more character: nothing that is kept has either in it.
_WORDS = r"""lower(E'\n' || concat_ws(E'\n', model_id, name, organisation, architecture, task,
    array_to_string(list_transform(tags, lambda tag: chr(1) || tag), E'\n')) || E'\n')"""
_SCANNED = """scanned AS (SELECT repository FROM incoming_uses UNION SELECT repository FROM incoming_empty)"""

KINDS: dict[str, Callable[[Connection, Event, bytes | None], None]] = {
    "models_recorded": _models_recorded,
    "usage_recorded": _usage_recorded,
}
