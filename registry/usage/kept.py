"""Who uses which model, kept: the newest scan of a repository stands for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ..catalogue.actor import actor
from ..errors import RefusedError
from ..storage import journal, model_columns, segments
from ..storage.store import Draft
from .found import Use

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from ..storage.store import Store

_FIELDS = Use.__slots__
_LONGEST = {"repository": 1024, "file": 4096, "call": 256, "model_id": 256, "source": 64}
_DETAIL = 1000  # characters of what was not resolved; the rest is cut off


@dataclass(frozen=True, slots=True)
class UsesRecorded:
    """What became of the uses that a scan found."""

    repositories: int  # whose uses are not what they were
    uses: int  # of all that were scanned
    changed: bool


def record_uses(
    store: Store, repository: str, uses: Sequence[Use], source: str = "scan", sha256: str | None = None
) -> UsesRecorded:
    """What became of all that one scan found in ``repository``; it replaces what ``source`` found before.

    The same again changes nothing. ``source``: scan or peatmoss. Raises RefusedError for a use that can't
    be kept or is another repository's, StoreBusyError.
    """
    return record_uses_of(store, {repository: uses}, source, sha256=sha256)


def record_uses_of(
    store: Store,
    scans: Mapping[str, Sequence[Use]],
    source: str,
    *,
    origin: str = "",
    sha256: str | None = None,
) -> UsesRecorded:
    """As ``record_uses``, of many repositories as one event; ``origin``: the file that it is from."""
    table = _table(scans, source)
    counts: list[UsesRecorded] = []

    def compose(con: duckdb.DuckDBPyConnection) -> Draft | None:
        changed = _differing(con, table, list(scans), source)
        counts.append(UsesRecorded(len(changed), table.num_rows, bool(changed)))
        if not changed:
            return None
        body, content = model_columns.packed(_only(table, changed))
        if content is not None:  # the journal's lock is held: it is durable before the event that names it
            segments.write(journal.folder_of(store.path), content)
        empty = [name for name in changed if not scans[name]]
        said = {"actor": actor(), "source": origin, "sha256": sha256, "scan": source, "without": empty}
        return Draft("usage_recorded", said | body)

    store.decide(compose)
    return counts[-1]


def uses_of(con: duckdb.DuckDBPyConnection, model_id: str) -> tuple[Use, ...]:
    """Every known use of a model, by repository, file and line."""
    return _uses(con, "model_id = ?", model_id)


def uses_in(con: duckdb.DuckDBPyConnection, repository: str) -> tuple[Use, ...]:
    """Every known use in a repository, unresolved ones as well, by file and line."""
    return _uses(con, "repository = ?", repository)


def _uses(con: duckdb.DuckDBPyConnection, which: str, value: str) -> tuple[Use, ...]:
    rows = con.execute(
        f"SELECT {', '.join(_FIELDS)} FROM model_usage WHERE {which} ORDER BY ALL",  # noqa: S608 - our own names
        [value],
    ).fetchall()
    return tuple(Use(*row) for row in rows)


def _table(scans: Mapping[str, Sequence[Use]], source: str) -> pa.Table:
    rows = [_row(use, name, source) for name, uses in scans.items() for use in uses]
    for name in scans:
        if not name.strip() or len(name) > _LONGEST["repository"]:
            raise RefusedError(f"{ascii(name)[:80]} is no name of a repository")
    try:
        return model_columns.table(rows, model_columns.uses())
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise RefusedError(f"a use holds what can't be kept: {str(error)[:200]}") from error


def _row(use: Use, repository: str, source: str) -> dict[str, Any]:
    """The use as a row; half a surrogate pair, as file names may hold, is spelled out."""
    place = f"{ascii(use.file)[1:-1][:80]}:{use.line}"
    if use.repository != repository or use.source != source:
        raise RefusedError(
            f"{place} is a use in {use.repository} by {use.source}, not {repository} by {source}"
        )
    if not (0.0 <= use.confidence <= 1.0) or use.line < 0:
        raise RefusedError(f"{place}: a line is at least 0, a confidence from 0 to 1, not {use.confidence}")
    row = {name: _spelled(value) for name, value in asdict(use).items()}
    for name, longest in _LONGEST.items():
        if len(row[name] or "") > longest:
            raise RefusedError(f"{place}: its {name} has more than {longest:,} characters")
    detail = row["detail"]
    return row | {"detail": detail if len(detail) <= _DETAIL else f"{detail[: _DETAIL - 1]}…"}


def _spelled(value: Any) -> Any:
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _differing(
    con: duckdb.DuckDBPyConnection, table: pa.Table, repositories: Iterable[str], source: str
) -> list[str]:
    """The repositories whose uses are not stored as they are, in order."""
    names = {_spelled(name): name for name in repositories}
    columns = ", ".join(name for name in _FIELDS if name != "source")
    con.register("said", table)
    rows = con.execute(
        f"""WITH held AS (SELECT {columns} FROM model_usage
                WHERE source = $source AND repository IN (SELECT unnest($names::VARCHAR[]))),
            said AS (SELECT {columns} FROM said)
            SELECT DISTINCT repository FROM ((FROM said EXCEPT ALL FROM held)
                UNION ALL (FROM held EXCEPT ALL FROM said)) ORDER BY repository""",  # noqa: S608 - our own names
        {"source": source, "names": list(names)},
    ).fetchall()
    con.unregister("said")
    return [names[name] for (name,) in rows]


def _only(table: pa.Table, repositories: Sequence[str]) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = pa.array([_spelled(name) for name in repositories], pa.string())
    return table.filter(pc.is_in(table["repository"], wanted))
