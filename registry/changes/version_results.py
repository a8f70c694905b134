"""The results of a version: those linked to it, and those that declare it and are linked to no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..catalogue.labels import is_text
from ..catalogue.naming import Model
from ..catalogue.versions import aliases_of, find_version, versions
from ..errors import NoResultsError

if TYPE_CHECKING:
    import duckdb


def known_version(con: duckdb.DuckDBPyConnection, model: Model, asked: str) -> tuple[int | None, str]:
    """Id and tag of a version by tag or alias; the id is None where only results declare it.

    Raises UnknownNameError that says which there are.
    """
    named = asked in aliases_of(con, model) or any(v.tag == asked for v in versions(con, model))
    if not named and asked and is_text(asked) and _ids(con, model, asked):
        return None, asked
    found = find_version(con, model, asked)
    return found.id, found.tag


def result_ids(con: duckdb.DuckDBPyConnection, model: Model, tag: str) -> list[int]:
    """The ids of all results of a version, in order. Raises NoResultsError where it has none."""
    found = _ids(con, model, tag)
    if not found:
        raise NoResultsError(
            f"version {tag} of {model.name} has no results: `fitment link-tests` links them to it"
        )
    return found


def result_ids_now(con: duckdb.DuckDBPyConnection, model: Model, tag: str) -> set[int]:
    """The same for a version that may have lost all of them."""
    return set(_ids(con, model, tag))


def _ids(con: duckdb.DuckDBPyConnection, model: Model, tag: str) -> list[int]:
    found = con.execute(
        "SELECT id FROM current_results WHERE model_id = ? AND model_version = ? ORDER BY id", [model.id, tag]
    ).fetchall()
    return [number for (number,) in found]
