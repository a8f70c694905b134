"""What is stored of models beside their measurements, as records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import UnknownNameError
from .model_record import BaseModel, ModelRecord

if TYPE_CHECKING:
    import duckdb

_FIELDS = ModelRecord.__slots__
NEWEST = "released_on DESC NULLS LAST, seq DESC, version DESC"  # of several versions, the first is the newest
_LIKE = 0.85  # of Jaro and Winkler's similarity, from which on a name is a slip of another
_SHOWN = 200  # characters of a name in an error


def find_record(con: duckdb.DuckDBPyConnection, asked: str, version: str | None = None) -> ModelRecord:
    """The record of that model: of ``version``, else of the newest release.

    ``asked`` is its id, or a name under which results of it are stored, where that is one model's. Of
    versions without a date the one that was recorded last is the newest. Raises UnknownNameError that says
    which may be meant.
    """
    held = records_of(con, model_id_of(con, asked))
    found = [record for record in held if version in (None, record.version)]
    if not found:
        there = ", ".join(record.version or '""' for record in held)
        raise UnknownNameError(f"no record of {held[0].model_id} version {version}: there are {there}")
    return found[0]


def model_id_of(con: duckdb.DuckDBPyConnection, asked: str) -> str:
    """The id of the model that ``asked`` means, as for ``find_record``. Raises UnknownNameError."""
    known = con.execute(
        """SELECT DISTINCT model_id, model_id <> $asked AS indirectly FROM model_records
           WHERE model_id = $asked OR list_contains(measured_as, $asked) ORDER BY indirectly, model_id""",
        {"asked": asked},
    ).fetchall()
    if known and (not known[0][1] or len(known) == 1):
        return str(known[0][0])
    shown = asked if len(asked) <= _SHOWN else f"{asked[: _SHOWN - 1]}…"
    if known:
        raise UnknownNameError(f"{shown} is a name of {' and of '.join(name for name, _ in known)}: name one")
    raise UnknownNameError(f"no record of {shown}: {_meant(con, asked)}")


def records_of(con: duckdb.DuckDBPyConnection, model_id: str) -> tuple[ModelRecord, ...]:
    """The records of all versions of a model, the newest release first; none for an unknown id."""
    return _records(con, f"WHERE model_id = ? ORDER BY {NEWEST}", [model_id])


def all_records(con: duckdb.DuckDBPyConnection) -> tuple[ModelRecord, ...]:
    """Every record, by id, the newest release of each first: for catalogues that fit into memory."""
    return _records(con, f"ORDER BY model_id, {NEWEST}", [])


def _records(con: duckdb.DuckDBPyConnection, which: str, values: list[Any]) -> tuple[ModelRecord, ...]:
    rows = con.execute(f"SELECT {', '.join(_FIELDS)} FROM model_records {which}", values).fetchall()  # noqa: S608
    return tuple(record(dict(zip(_FIELDS, row, strict=True))) for row in rows)


def record(row: dict[str, Any]) -> ModelRecord:
    """A row of the table as a record."""
    bases = tuple(BaseModel(base["model_id"], base["relation"]) for base in row["base_models"])
    said: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.items()
    }
    said["base_models"] = bases
    return ModelRecord(**said)


def _meant(con: duckdb.DuckDBPyConnection, asked: str) -> str:
    """Which models may be meant; looked for in the database, as there may be very many."""
    near = con.execute(
        """WITH ids AS (SELECT DISTINCT model_id, lower(model_id) AS id FROM model_records),
                scored AS (SELECT model_id, greatest(jaro_winkler_similarity(id, $asked),
                    jaro_winkler_similarity(split_part(id, '/', -1), split_part($asked, '/', -1))) AS alike
                FROM ids)
           SELECT model_id FROM scored WHERE alike >= $least ORDER BY alike DESC, model_id LIMIT 3""",
        {"asked": asked[:_SHOWN].lower(), "least": _LIKE},
    ).fetchall()
    if near:
        return f"did you mean {' or '.join(name for (name,) in near)}?"
    ((count,),) = con.execute("SELECT count(DISTINCT model_id) FROM model_records").fetchall()
    if not count:
        return "no models are recorded yet; `fitment model import FILE` or `fitment model add` does"
    return f"there are {count:,} others; `fitment model search` finds them, `fitment model add` adds one"
