"""An ecosystem of models as arrays: who was made from whom, and what each model says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .kinds import View
from .names import Names

Floats = NDArray[np.float64]
Wholes = NDArray[np.int32]
Bits = NDArray[np.uint8]
Marks = NDArray[np.bool_]
Times = NDArray[np.datetime64]

TRAITS = ("licences", "languages", "tasks", "libraries")


@dataclass(frozen=True, slots=True)
class Adjacency:
    """The neighbours of each model on one side: those of v are ``neighbours[starts[v]:starts[v + 1]]``."""

    starts: Wholes  # int32[n + 1]
    neighbours: Wholes  # int32[m], ascending within each model
    edges: Wholes  # int32[m]: which edge leads to each


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges from parent to child, each pair once, sorted by parent, then child.

    Changes are the child's less the parent's.
    """

    parent: Wholes  # int32[m]
    child: Wholes  # int32[m]
    types: Bits  # uint8[m]: bits of kinds.KINDS
    label: Bits  # uint8[m]: one of kinds.LABELS
    likes_change: Floats  # float64[m]; here and below NaN where either end says nothing
    likes_relative: Floats  # change / the parent's; NaN where that is 0
    downloads_change: Floats
    downloads_relative: Floats
    days: Floats  # whole days from the parent's creation to the child's, floored

    def mask(self, view: View) -> Marks:
        """Which edges belong to ``view``, bool[m]."""
        return view.mask(self.types, self.label)


@dataclass(frozen=True, slots=True)
class Trait:
    """What each model says of one trait: a set of values. Set 0 is the empty one."""

    values: tuple[str, ...]  # every value that is said, sorted
    codes: Wholes  # int32[n]: the set of each model
    starts: Wholes  # int32[s + 1]: the values of set s are members[starts[s]:starts[s + 1]], ascending
    members: Wholes  # int32[…]: places in ``values``

    def of_set(self, code: int) -> tuple[str, ...]:
        """The values of one set."""
        return tuple(self.values[at] for at in self.members[self.starts[code] : self.starts[code + 1]])

    def of(self, model: int) -> tuple[str, ...]:
        """The values that one model says."""
        return self.of_set(int(self.codes[model]))


@dataclass(frozen=True, slots=True)
class Structure:
    """Where each model stands in one view of the graph; cycles count as one place."""

    component: Wholes  # int32[n]: of the weak component, the least model number in it
    strong: Wholes  # int32[n]: of the strong component, likewise; a cycle has several members
    depth: Wholes  # int32[n]: edges on the longest way from a root, between strong components
    generation: Wholes  # int32[n]: edges on the shortest such way
    root: Wholes  # int32[n]: of its component, the root that names it (roots.canonical)


@dataclass(frozen=True, slots=True)
class Missing:
    """Parents that were named and that no row has, and who names them, each pair once."""

    names: Names  # each once, in order
    child: Wholes  # int32[k]: who names it
    parent: Wholes  # int32[k]: which of ``names``


@dataclass(frozen=True, slots=True)
class Quarantine:
    """Rows that could not be taken, in the order of the file."""

    lines: NDArray[np.int64]  # int64[q]: on which each starts; of a Parquet file its number, from 1
    ids: Names  # as the file has them, not always UTF-8
    reasons: Names


class Ecosystem:
    """One ecosystem: ``len`` models, numbered from 0.

    Arrays come from ``arrays`` when they are first asked for. Those of a stored one are memory-mapped, and
    checked then; they are read-only.
    """

    def __init__(
        self,
        arrays: Mapping[str, NDArray[Any]],
        *,
        sha256: str = "",
        file: str = "",
        rows: int | None = None,
        recorded_at: datetime | None = None,
        notices: tuple[str, ...] = (),
    ) -> None:
        self._arrays = arrays
        self.sha256 = sha256  # of the file that it was built from
        self.file = file
        self.rows = rows  # that the file has
        self.recorded_at = recorded_at  # when it was built, UTC
        self.notices = notices  # what there is to say of the store, one line each

    def __len__(self) -> int:
        return len(self.names)

    @cached_property
    def names(self) -> Names:
        """The models' ids, both ways."""
        take = self._arrays
        return Names(take["name_bytes"], take["name_starts"], take["name_hashes"], take["name_order"])

    @cached_property
    def edges(self) -> Edges:
        """All edges."""
        return Edges(*(self._arrays[f"edge_{name}"] for name in Edges.__slots__))

    @cached_property
    def down(self) -> Adjacency:
        """From each model to its children."""
        return Adjacency(*(self._arrays[f"down_{name}"] for name in Adjacency.__slots__))

    @cached_property
    def up(self) -> Adjacency:
        """From each model to its parents."""
        return Adjacency(*(self._arrays[f"up_{name}"] for name in Adjacency.__slots__))

    @cached_property
    def structure(self) -> Structure:
        """Where each model stands in the graph of all edges."""
        return Structure(*(self._arrays[f"structure_{name}"] for name in Structure.__slots__))

    @property
    def likes(self) -> Floats:
        """float64[n]; NaN where nothing is said, here and below."""
        return self._arrays["likes"]

    @property
    def downloads(self) -> Floats:
        """float64[n]."""
        return self._arrays["downloads"]

    @property
    def created(self) -> Times:
        """datetime64[us][n], UTC; NaT where nothing is said."""
        return self._arrays["created"]

    @property
    def card_characters(self) -> Floats:
        """float64[n]: how long its card is; all NaN where the file has no cards."""
        return self._arrays["card_characters"]

    @property
    def card_generated(self) -> Floats:
        """float64[n]: 1 where its card was written by a program, 0 where not; all NaN likewise."""
        return self._arrays["card_generated"]

    @property
    def missing(self) -> Missing:
        """The parents that were named and that no row has."""
        take = self._arrays
        names = Names(take["missing_bytes"], take["missing_at"], None, None)
        return Missing(names, take["missing_child"], take["missing_parent"])

    @property
    def quarantine(self) -> Quarantine:
        """The rows of the file that could not be taken."""
        take = self._arrays
        ids, reasons = (
            Names(take[f"quarantine_{name}_bytes"], take[f"quarantine_{name}_at"], None, None)
            for name in ("ids", "reasons")
        )
        return Quarantine(take["quarantine_lines"], ids, reasons)

    def trait(self, name: str) -> Trait:
        """One of TRAITS: what each model says of it."""
        take = self._arrays
        values = Names(take[f"{name}_bytes"], take[f"{name}_at"], None, None)
        told = tuple(values.all())
        return Trait(told, take[f"{name}_codes"], take[f"{name}_starts"], take[f"{name}_members"])
