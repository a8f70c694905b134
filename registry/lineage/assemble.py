"""The arrays of an ecosystem, from what each model says and which models were named as parents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...kernels.csr import MergedEdges, Neighbours, merged_edges, neighbours
from .ecosystem import Adjacency, Structure
from .kinds import labels
from .names import Names, by_hash, packed
from .structure import structure_of

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Said:
    """What models say of one trait: each distinct set once (set 0 is empty), and the set of each model."""

    sets: Sequence[Sequence[str]]
    codes: NDArray[np.int32]  # int32[n]


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """The sound models of a file, a column each; NaN and NaT where nothing is said."""

    name_bytes: NDArray[np.uint8]
    name_starts: NDArray[np.int64]
    likes: NDArray[np.float64]
    downloads: NDArray[np.float64]
    created: NDArray[np.datetime64]  # datetime64[us], UTC
    card_characters: NDArray[np.float64]
    card_generated: NDArray[np.float64]
    traits: Mapping[str, Said]  # by ecosystem.TRAITS
    names: Names | None = None  # by_hash of the names above, where they were looked for before


@dataclass(frozen=True, slots=True)
class Parents:
    """Which model names which as its parent, once for each time that it does."""

    parent: NDArray[np.int32]
    child: NDArray[np.int32]
    bits: NDArray[np.uint8]  # the kind that this naming says, 0 for the generic column


def arrays_of(models: Models, parents: Parents) -> Arrays:
    """The arrays by the names under which ``Ecosystem`` asks for them."""
    names = models.names or by_hash(models.name_bytes, models.name_starts)
    hashes, order = names.table
    arrays: Arrays = {
        "name_bytes": models.name_bytes,
        "name_starts": models.name_starts,
        "name_hashes": hashes,
        "name_order": order,
        "likes": models.likes,
        "downloads": models.downloads,
        "created": models.created,
        "card_characters": models.card_characters,
        "card_generated": models.card_generated,
    }
    for name, said in models.traits.items():
        arrays |= _named(name, _trait(said))
    return arrays | _graph(
        models, merged_edges(parents.parent, parents.child, parents.bits, len(names)), names
    )


def _graph(models: Models, merged: MergedEdges, names: Names) -> Arrays:
    """The edges, both their sides, and where each model stands among them."""
    ends = merged.parent, merged.child
    down, up = (_fields(neighbours(*way, len(names))) for way in (ends, ends[::-1]))
    place = structure_of(*ends, Adjacency(**up), names, models.created, models.downloads)
    edges = _named("edge", _edges(models, merged))
    return edges | _named("down", down) | _named("up", up) | _named("structure", _fields(place))


def _fields(found: Neighbours | Structure) -> Arrays:
    return {field.name: getattr(found, field.name) for field in fields(found)}


def _named(first: str, arrays: Arrays) -> Arrays:
    return {f"{first}_{name}": array for name, array in arrays.items()}


def _trait(said: Said) -> Arrays:
    values = sorted({value for each in said.sets for value in each})
    place = {value: at for at, value in enumerate(values)}
    members = [sorted({place[value] for value in each}) for each in said.sets]
    starts = np.zeros(len(members) + 1, np.int32)
    np.cumsum([len(each) for each in members], out=starts[1:])
    flat = np.array([at for each in members for at in each], np.int32)
    told, at = packed(values)
    return {"bytes": told, "at": at, "codes": said.codes, "starts": starts, "members": flat}


def _edges(models: Models, merged: MergedEdges) -> Arrays:
    """Each pair once, with every kind that was said of it, and what changes along it."""
    parent, child, types = merged.parent, merged.child, merged.bits
    edges: Arrays = {"parent": parent, "child": child, "types": types, "label": labels(types)}
    for name, column in (("likes", models.likes), ("downloads", models.downloads)):
        base = column[parent]
        change = column[child] - base
        edges[f"{name}_change"] = change
        edges[f"{name}_relative"] = np.divide(change, base, out=np.full(len(base), np.nan), where=(base != 0))
    edges["days"] = _days(models.created[parent], models.created[child])
    return edges


def _days(parent: NDArray[np.datetime64], child: NDArray[np.datetime64]) -> NDArray[np.float64]:
    apart = (child - parent).astype(np.int64) // 86_400_000_000  # microseconds a day; floors
    return np.where(np.isnat(parent) | np.isnat(child), np.nan, apart.astype(np.float64))
