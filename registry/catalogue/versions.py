"""Versions of models: a tag with a hash, metadata and the results that belong to it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import RefusedError, UnknownNameError
from ..storage.store import Draft, Store
from . import near
from .actor import actor
from .labels import label
from .naming import Model, find_model

if TYPE_CHECKING:
    import duckdb

_DEEPEST = 64  # brackets within brackets, in metadata
_LARGEST = 1 << 16  # bytes of metadata


@dataclass(frozen=True, slots=True)
class Version:
    """A version that is there."""

    id: int
    tag: str
    hash: str | None
    metadata: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class VersionChange:
    """What adding or deleting a version did."""

    model: str
    tag: str
    version_id: int
    changed: bool  # False: it was so already


def add_version(
    store: Store,
    model: str,
    tag: str,
    version_hash: str | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> VersionChange:
    """What was done so that ``model`` has the version ``tag``; the same again changes nothing.

    A hash or metadata that the version has none of is added to it. Raises RefusedError where it has others,
    where ``tag`` is an alias or no name, or metadata is no JSON object; NoResultsError for an unknown model;
    StoreBusyError.
    """
    tag, metadata = label("version", tag), None if metadata is None else sound_metadata(metadata)
    version_hash = None if version_hash is None else label("hash", version_hash)
    seen: list[tuple[Model, Version | None]] = []

    def compose(con: duckdb.DuckDBPyConnection) -> Draft | None:
        found = find_model(con, model)
        held = version_or_free(con, found, tag)
        seen.append((found, held))
        if held is not None and not _adds(found, held, version_hash, metadata):
            return None
        body = {"actor": actor(), "model": found.name, "tag": tag, "hash": version_hash, "metadata": metadata}
        return Draft("version_added", body, count=1 if held is None else 0)

    appended = store.decide(compose)
    found, held = seen[-1]
    if appended is not None and held is None:
        return VersionChange(found.name, tag, appended.first_id, changed=True)
    assert held is not None  # noqa: S101 - else there would be a draft
    return VersionChange(found.name, tag, held.id, changed=appended is not None)


def _adds(model: Model, held: Version, version_hash: str | None, metadata: Mapping[str, Any] | None) -> bool:
    """Whether something is said that was left open before. Raises RefusedError where it was another."""
    said = {"hash": (held.hash, version_hash), "metadata": (held.metadata, metadata)}
    for name, (before, now) in said.items():
        if None not in (before, now) and before != now:
            raise RefusedError(
                f"version {held.tag} of {model.name} has the {name} {_short(before)}, not {_short(now)}: use"
                f" another tag, or `fitment delete-version` first"
            )
    return any(before is None and now is not None for before, now in said.values())


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True)
    return text if len(text) <= 80 else f"{text[:79]}…"


def delete_version(store: Store, model: str, tag: str) -> VersionChange:
    """What was done so that the version is gone: its row stays, marked, and its results are linked no more.

    Raises RefusedError while an alias points to it or where ``tag`` is no name, UnknownNameError,
    NoResultsError, StoreBusyError.
    """
    tag = label("version", tag)
    seen: list[tuple[Model, int]] = []

    def compose(con: duckdb.DuckDBPyConnection) -> Draft | None:
        found = find_model(con, model)
        held = {version.tag: version for version in versions(con, found)}
        if tag not in held and (gone := _deleted(con, found, tag)):
            seen.append((found, gone))
            return None
        version = held[tag] if tag in held else find_version(con, found, tag, by_alias=False)
        seen.append((found, version.id))
        if names := sorted(alias for alias, to in aliases_of(con, found).items() if to == tag):
            raise RefusedError(
                f"version {tag} of {found.name} is {' and '.join(names)}: move or remove that first, by"
                " `fitment alias`"
            )
        return Draft("version_deleted", {"actor": actor(), "model": found.name, "tag": tag})

    appended = store.decide(compose)
    found, number = seen[-1]
    return VersionChange(found.name, tag, number, changed=appended is not None)


def versions(con: duckdb.DuckDBPyConnection, model: Model) -> list[Version]:
    """The versions that ``model`` has, deleted ones left out, in the order in which they were added."""
    found = con.execute(
        """SELECT id, version_tag, version_hash, metadata FROM model_registry_versions
           WHERE model_id = ? AND deleted_at IS NULL ORDER BY id""",
        [model.id],
    ).fetchall()
    return [Version(number, tag, given, parsed(text)) for number, tag, given, text in found]


def parsed(text: str | None) -> dict[str, Any] | None:
    """Stored metadata as it was given."""
    return None if text is None else json.loads(text)


def find_version(
    con: duckdb.DuckDBPyConnection, model: Model, asked: str, *, by_alias: bool = True
) -> Version:
    """The version of that tag, or that an alias points to.

    Raises UnknownNameError that says which there are, RefusedError for an alias where none is taken.
    """
    held = {version.tag: version for version in versions(con, model)}
    aliases = aliases_of(con, model)
    if asked in held:
        return held[asked]
    if asked in aliases and not by_alias:
        raise RefusedError(f"{asked} is an alias of {model.name} for version {aliases[asked]}: name that")
    if asked in aliases:
        return held[aliases[asked]]
    if not held:
        raise UnknownNameError(no_versions(con, model, asked))
    pointing = f" and the aliases {near.listed(aliases)}" if aliases and by_alias else ""
    raise UnknownNameError(
        f"no version {_short(asked)} of {model.name}: {near.hint(asked, [*held, *aliases])}"
        f"there are {near.listed(held)}{pointing}; {_way_to_add(con, model, asked)}"
    )


def no_versions(con: duckdb.DuckDBPyConnection, model: Model, asked: str | None = None) -> str:
    """One line for a model without versions; the way out names a tag that its results declare."""
    return f"no versions of {model.name} yet: {_way_to_add(con, model, asked)}"


def _way_to_add(con: duckdb.DuckDBPyConnection, model: Model, asked: str | None) -> str:
    """The command that makes a version of a tag that results were measured as, the one asked for first."""
    found = con.execute(
        """SELECT DISTINCT model_version FROM current_results WHERE model_id = $model AND model_version <> ''
               AND model_version NOT IN (SELECT version_tag FROM model_registry_versions
                   WHERE model_id = $model AND deleted_at IS NULL) ORDER BY model_version""",
        {"model": model.id},
    ).fetchall()
    if not found:
        return "fitment add-version"
    tag = next((tag for (tag,) in found if tag == asked), found[0][0])
    return f"fitment add-version {shlex.join([model.name, tag])}"


def version_or_free(con: duckdb.DuckDBPyConnection, model: Model, tag: str) -> Version | None:
    """The version of that tag, None where the tag is free. Raises RefusedError where it is an alias."""
    if tag in aliases_of(con, model):
        return find_version(con, model, tag, by_alias=False)
    return next((version for version in versions(con, model) if version.tag == tag), None)


def aliases_of(con: duckdb.DuckDBPyConnection, model: Model) -> dict[str, str]:
    """The tag that each alias of ``model`` points to."""
    found = con.execute(
        """SELECT alias, version_tag FROM model_aliases a
               JOIN model_registry_versions v ON v.id = a.version_id
           WHERE a.model_id = ? ORDER BY alias""",
        [model.id],
    ).fetchall()
    return dict(found)


def _deleted(con: duckdb.DuckDBPyConnection, model: Model, tag: str) -> int | None:
    found = con.execute(
        "SELECT max(id) FROM model_registry_versions WHERE model_id = ? AND version_tag = ?", [model.id, tag]
    ).fetchall()
    number: int | None = found[0][0]
    return number


def sound_metadata(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """The metadata as JSON keeps it. Raises RefusedError where that is no object, too deep or too large."""
    if not isinstance(metadata, Mapping):
        raise RefusedError(
            f'metadata must be a JSON object, such as {{"commit": "1f3a"}}, not {_kind(metadata)}'
        )
    try:
        text = json.dumps(dict(metadata), allow_nan=False, ensure_ascii=False)
        kept: dict[str, Any] = json.loads(text)
        size, depth = len(text.encode()), _depth(kept)
    except (TypeError, ValueError, RecursionError) as error:
        raise RefusedError(f"metadata can't be kept as JSON: {str(error)[:120]}") from error
    if size > _LARGEST:
        raise RefusedError(f"metadata of {size:,} bytes: at most {_LARGEST:,} are kept")
    if depth > _DEEPEST:
        raise RefusedError(f"metadata is nested too deeply: at most {_DEEPEST} levels are kept")
    return kept


def _kind(value: object) -> str:
    names = {list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), f"a {type(value).__name__}")


def _depth(value: object) -> int:
    """How deep JSON is nested."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inside), default=0)
