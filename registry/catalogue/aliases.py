"""Aliases: production, champion and the like, each pointing to one version of a model at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..errors import RefusedError, UnknownNameError
from ..storage.store import Draft, Store
from . import near
from .actor import actor
from .labels import label
from .naming import Model, find_model
from .versions import aliases_of, find_version, versions

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Alias:
    """An alias and where it points."""

    model: str
    alias: str
    tag: str
    last_updated: datetime  # UTC


@dataclass(frozen=True, slots=True)
class AliasMove:
    """What setting or removing an alias did."""

    model: str
    alias: str
    before: str | None  # the tag that it pointed to
    tag: str | None  # None: it is gone

    @property
    def changed(self) -> bool:
        """Whether it points elsewhere than before."""
        return self.before != self.tag


def set_alias(store: Store, model: str, alias: str, tag: str) -> AliasMove:
    """From where to where the alias was moved; the same again changes nothing.

    Raises RefusedError where ``alias`` is a version's tag, what results were measured as, or no name,
    UnknownNameError for an unknown version, NoResultsError, StoreBusyError.
    """
    alias = label("alias", alias)
    moves: list[AliasMove] = []

    def compose(con: duckdb.DuckDBPyConnection) -> Draft | None:
        found = find_model(con, model)
        if alias in (version.tag for version in versions(con, found)) or _declared(con, found, alias):
            raise RefusedError(f"{alias} is a version of {found.name}: an alias needs another name")
        version = find_version(con, found, tag)
        moves.append(AliasMove(found.name, alias, aliases_of(con, found).get(alias), version.tag))
        return _draft(moves[-1])

    store.decide(compose)
    return moves[-1]


def remove_alias(store: Store, model: str, alias: str) -> AliasMove:
    """What was done so that the alias is gone; one that is not there changes nothing.

    Raises UnknownNameError where the model never had it, RefusedError where it is no name, NoResultsError,
    StoreBusyError.
    """
    alias = label("alias", alias)
    moves: list[AliasMove] = []

    def compose(con: duckdb.DuckDBPyConnection) -> Draft | None:
        found = find_model(con, model)
        held = aliases_of(con, found)
        if alias not in held and not _was_there(con, found, alias):
            there = f"{near.hint(alias, held)}there are {near.listed(held)}" if held else "it has none"
            raise UnknownNameError(f"no alias {alias} of {found.name}: {there}")
        moves.append(AliasMove(found.name, alias, held.get(alias), None))
        return _draft(moves[-1])

    store.decide(compose)
    return moves[-1]


def list_aliases(store: Store, model: str) -> tuple[Alias, ...]:
    """The aliases of a model, by name. Raises NoResultsError for an unknown model."""
    with store.reading() as con:
        found = find_model(con, model)
        rows = con.execute(
            """SELECT alias, version_tag, last_updated FROM model_aliases a
                   JOIN model_registry_versions v ON v.id = a.version_id
               WHERE a.model_id = ? ORDER BY alias""",
            [found.id],
        ).fetchall()
    return tuple(Alias(found.name, *row) for row in rows)


def _draft(move: AliasMove) -> Draft | None:
    body = {"actor": actor(), "model": move.model, "alias": move.alias, "tag": move.tag}
    return Draft("alias_moved", body) if move.changed else None


def _declared(con: duckdb.DuckDBPyConnection, model: Model, version: str) -> bool:
    """Whether results of the model were measured as that version."""
    query = "SELECT 1 FROM performance_results WHERE model_id = ? AND model_version = ? LIMIT 1"
    return bool(con.execute(query, [model.id, version]).fetchall())


def _was_there(con: duckdb.DuckDBPyConnection, model: Model, alias: str) -> bool:
    """Whether the model ever had the alias, under whatever name it had then."""
    query = """SELECT 1 FROM history WHERE subject = $subject AND (model = $name
                   OR model IN (SELECT old_name FROM renames WHERE model_id = $id)) LIMIT 1"""
    asked = {"subject": f"alias {alias}", "name": model.name, "id": model.id}
    return bool(con.execute(query, asked).fetchall())
