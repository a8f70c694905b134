"""The models that are analysed: of each the newest release, of all or of those that a filter leaves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from ..catalogue.licence_names import same_name
from ..catalogue.model_records import NEWEST
from ..errors import NoResultsError

if TYPE_CHECKING:
    import duckdb

# Of several versions the newest is the one that ``find_record`` finds, and filters look at it alone. A task
# is the record's own or a tag, in any case, blanks and "_" being "-".
_CHOSEN = """
CREATE TEMP TABLE chosen AS
WITH newest AS (
    SELECT model_id, version, organisation, licence, restrictions, parameters, size_bytes, architecture, task,
        tags, released_on, metrics, downloads, rating
    FROM model_records
    QUALIFY row_number() OVER (
        PARTITION BY model_id ORDER BY {newest}) = 1
)
SELECT * FROM newest
WHERE ($licences IS NULL OR list_contains($licences::VARCHAR[], licence))
  AND ($organisation IS NULL OR lower(organisation) = lower($organisation))
  AND ($task IS NULL OR list_contains(
      list_transform(list_append(tags, task), lambda word: translate(lower(word), '_ ', '--')),
      translate(lower($task), '_ ', '--')))
"""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which models are asked for; None leaves all."""

    licence: str | None = None
    organisation: str | None = None
    task: str | None = None

    def in_words(self) -> str:
        """``licence mit, task chat``; empty where all are."""
        asked = ((f.name, getattr(self, f.name)) for f in fields(self))
        return ", ".join(f"{name} {value}" for name, value in asked if value is not None)


@contextmanager
def chosen(con: duckdb.DuckDBPyConnection, selection: Selection) -> Iterator[None]:
    """While it lasts, the table ``chosen`` holds the newest release of each model that is asked for.

    Raises NoResultsError where there is none.
    """
    asked = {"licences": _spellings(con, selection.licence)}
    con.execute(
        _CHOSEN.format(newest=NEWEST),
        {**asked, "organisation": selection.organisation, "task": selection.task},
    )
    try:
        ((n,),) = con.execute("SELECT count(*) FROM chosen").fetchall()
        if not n:
            raise NoResultsError(_nothing(con, selection))
        yield
    finally:
        con.execute("DROP TABLE chosen")


def _spellings(con: duckdb.DuckDBPyConnection, licence: str | None) -> list[str] | None:
    """The recorded licences that are the asked one, however they are spelled."""
    if licence is None:
        return None
    found = con.execute("SELECT DISTINCT licence FROM model_records WHERE licence IS NOT NULL").fetchall()
    asked = same_name(licence)
    return [name for (name,) in found if same_name(name) == asked]


def _nothing(con: duckdb.DuckDBPyConnection, selection: Selection) -> str:
    ((n,),) = con.execute("SELECT count(DISTINCT model_id) FROM model_records").fetchall()
    if not n:
        return "no models are recorded yet; `fitment model import FILE` or `fitment model add` does"
    return f"none of the {n:,} recorded models has {selection.in_words()}; ask for less"
