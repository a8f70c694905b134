"""The arrays of an ecosystem, from what each model says and which models were named as parents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .kinds import labels
from .names import hash_of, packed

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


@dataclass(frozen=True, slots=True)
class Parents:
    """Which model names which as its parent, once for each time that it does."""

    parent: NDArray[np.int32]
    child: NDArray[np.int32]
    bits: NDArray[np.uint8]  # the kind that this naming says, 0 for the generic column


def arrays_of(models: Models, parents: Parents) -> Arrays:
    """The arrays by the names under which ``Ecosystem`` asks for them."""
    n = len(models.likes)
    arrays: Arrays = {
        "name_bytes": models.name_bytes,
        "name_starts": models.name_starts,
        "likes": models.likes,
        "downloads": models.downloads,
        "created": models.created,
        "card_characters": models.card_characters,
        "card_generated": models.card_generated,
    }
    arrays |= _found_by_hash(models)
    for name, said in models.traits.items():
        arrays |= {f"{name}_{part}": array for part, array in _trait(said).items()}
    edges = _edges(models, parents)
    arrays |= {f"edge_{name}": array for name, array in edges.items()}
    arrays |= _sides(n, edges["parent"], edges["child"])
    return arrays


def _found_by_hash(models: Models) -> Arrays:
    starts, whole = models.name_starts.tolist(), models.name_bytes.tobytes()
    hashes = np.array([hash_of(whole[low:high]) for low, high in pairwise(starts)], np.uint64)
    order = np.argsort(hashes, kind="stable").astype(np.int32)
    return {"name_hashes": hashes[order], "name_order": order}


def _trait(said: Said) -> Arrays:
    values = sorted({value for each in said.sets for value in each})
    place = {value: at for at, value in enumerate(values)}
    members = [sorted({place[value] for value in each}) for each in said.sets]
    starts = np.zeros(len(members) + 1, np.int32)
    np.cumsum([len(each) for each in members], out=starts[1:])
    flat = np.array([at for each in members for at in each], np.int32)
    told, at = packed(values)
    return {"bytes": told, "at": at, "codes": said.codes, "starts": starts, "members": flat}


def _edges(models: Models, parents: Parents) -> Arrays:
    """Each pair once, with every kind that was said of it."""
    pairs = parents.parent.astype(np.int64) << 32 | parents.child
    keys, where = np.unique(pairs, return_inverse=True)
    types = np.zeros(len(keys), np.uint8)
    np.bitwise_or.at(types, where, parents.bits)
    parent, child = (keys >> 32).astype(np.int32), (keys & 0xFFFFFFFF).astype(np.int32)
    edges: Arrays = {"parent": parent, "child": child, "types": types, "label": labels(types)}
    for name, column in (("likes", models.likes), ("downloads", models.downloads)):
        change = column[child] - column[parent]
        edges[f"{name}_change"] = change
        base = column[parent]
        edges[f"{name}_relative"] = np.divide(change, base, out=np.full(len(keys), np.nan), where=(base != 0))
    edges["days"] = _days(models.created[parent], models.created[child])
    return edges


def _days(parent: NDArray[np.datetime64], child: NDArray[np.datetime64]) -> NDArray[np.float64]:
    apart = (child - parent).astype(np.int64) // 86_400_000_000  # microseconds a day; floors
    return np.where(np.isnat(parent) | np.isnat(child), np.nan, apart.astype(np.float64))


def _sides(n: int, parent: NDArray[np.int32], child: NDArray[np.int32]) -> Arrays:
    """Both adjacencies. Edges are sorted by parent, then child, already."""
    order = np.argsort(child, kind="stable").astype(np.int32)
    arrays: Arrays = {}
    for side, own, other, edges in (
        ("down", parent, child, np.arange(len(parent), dtype=np.int32)),
        ("up", child[order], parent[order], order),
    ):
        starts = np.searchsorted(own, np.arange(n + 1)).astype(np.int32)
        arrays |= {f"{side}_starts": starts, f"{side}_neighbours": other, f"{side}_edges": edges}
    return arrays
