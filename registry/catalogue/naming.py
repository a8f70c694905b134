"""Which model a name means: its present name, one that it had before, or a slip of the pen."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..errors import NoResultsError, RefusedError, UnknownNameError
from ..storage.store import Draft, Store
from .actor import actor
from .labels import LONGEST_MODEL, label

if TYPE_CHECKING:
    import duckdb

_NONE: Mapping[str, str] = MappingProxyType({})
_SHOWN = 200  # characters of a name in an error


@dataclass(frozen=True, slots=True)
class Model:
    """A model that has results."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a rename did."""

    old: str
    new: str
    changed: bool


def find_model(con: duckdb.DuckDBPyConnection, asked: str) -> Model:
    """The stored model behind a name, an old name, or ``zoo:name``.

    Raises NoResultsError that says which name may be meant; nothing but a result ever makes a model.
    """
    ids = dict(con.execute("SELECT name, id FROM models ORDER BY name").fetchall())
    name = known_model(asked, list(ids), old_names(con))
    return Model(ids[name], name)


def known_model(asked: str, names: Sequence[str], old: Mapping[str, str] = _NONE) -> str:
    """The stored name behind ``resnet50``, ``zoo:resnet50`` or ``module:package.mod:factory``.

    ``old`` holds the present name of each name that models had before. Raises NoResultsError.
    """
    for word in (asked, asked.partition(":")[2]):
        if word in names:
            return word
        if word in old:
            return old[word]
    shown = asked if len(asked) <= _SHOWN else f"{asked[: _SHOWN - 1]}…"
    if not names:
        raise NoResultsError(
            f"no results of {shown}: the store is empty; sweep it or import published results"
        )
    nearest = difflib.get_close_matches(asked[:_SHOWN], [*names, *old], n=3)
    hint = (
        f"did you mean {' or '.join(nearest)}?"
        if nearest
        else f"there are results of {len(names)} other {'models' if len(names) > 1 else 'model'};"
    )
    raise NoResultsError(
        f"no results of {shown}: {hint} `fitment sweep` measures it, `fitment import` adds published"
    )


def find_hardware(con: duckdb.DuckDBPyConnection, asked: str) -> int:
    """The id of the stored hardware of that name. Raises UnknownNameError that says which may be meant."""
    ids = dict(con.execute("SELECT name, id FROM hardware_platforms ORDER BY name").fetchall())
    if asked in ids:
        return int(ids[asked])
    like = [name for name in ids if asked.lower() in name.lower()]
    nearest = like or difflib.get_close_matches(asked[:200], ids, n=3) or list(ids)
    shown = "; ".join(nearest[:5]) + (f"; and {len(nearest) - 5} more" if len(nearest) > 5 else "")
    raise UnknownNameError(f'unknown hardware "{asked}": name it in full: {shown or "nothing is stored"}')


def old_names(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The present name of each name that a model had before."""
    return dict(
        con.execute("SELECT old_name, name FROM renames JOIN models ON models.id = model_id").fetchall()
    )


def rename_model(store: Store, model: str, new: str) -> Renamed:
    """What was done to call ``model`` ``new``, with all its results, and those that come under the old name.

    Raises NoResultsError, RefusedError where another model has or had the name, StoreBusyError.
    """
    new = label("model name", new, LONGEST_MODEL)
    asked: list[Model] = []

    def compose(con: duckdb.DuckDBPyConnection) -> Draft | None:
        found = find_model(con, model)
        asked.append(found)
        if found.name == new:
            return None
        _must_be_free(con, found, new)
        return Draft("model_renamed", {"actor": actor(), "model": found.name, "to": new})

    appended = store.decide(compose)
    return Renamed(asked[-1].name, new, appended is not None)


def _must_be_free(con: duckdb.DuckDBPyConnection, model: Model, new: str) -> None:
    present = old_names(con).get(new)
    if present is not None and present != model.name:
        raise RefusedError(f"{model.name} can't be called {new}: {present} was called that before")
    if con.execute("SELECT 1 FROM models WHERE name = ? AND id <> ?", [new, model.id]).fetchall():
        raise RefusedError(f"{model.name} can't be called {new}: another model has that name")
