"""The families of an ecosystem: models that hang together, by whatever way.

**Definition.** A family is a weak component of a view: models between which a way leads along its edges, in
any direction, of at least two models unless fewer are asked for. It is named by its canonical root, the root
that is oldest, then most downloaded, then first by name. Its edges are those of the view between its models,
self-loops among them; its depth is the longest way down from a root, a cycle counting as one place. First and
newest are the earliest and the latest creation that its models say. Shares by label are of its edges.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..ecosystem import Ecosystem, Structure
from ..kinds import ALL, LABELS, View
from ..questions.standing import structure_along
from .family_members import LEAST, Members, largest, members

LIMIT = 20


@dataclass(frozen=True, slots=True)
class FamilyLicence:
    """One licence that models of a family declare."""

    licence: str
    models: int


@dataclass(frozen=True, slots=True)
class Family:
    """One family; shares are of its edges and None where it has none."""

    root: str
    models: int
    edges: int
    depth: int
    first: datetime | None  # UTC; None where no model of it says when it was made
    newest: datetime | None
    finetune: float | None
    quantized: float | None
    adapter: float | None
    merge: float | None
    untyped: float | None
    licences: tuple[FamilyLicence, ...]  # declared by most models first, equals by name
    unlicensed: int  # models that declare none


@dataclass(frozen=True, slots=True)
class Families:
    """The largest families of a view, equals by the number of their first model."""

    families: tuple[Family, ...]
    view: str
    matching: int  # families that are large enough, shown or not
    matching_models: int  # models in these
    all_models: int  # of the ecosystem


def families(
    ecosystem: Ecosystem,
    view: View = ALL,
    *,
    limit: int | None = LIMIT,
    least: int = LEAST,
    of: int | None = None,
) -> Families:
    """The ``limit`` largest families of at least ``least`` models, or all; or that of the model ``of``."""
    stand = structure_along(ecosystem, view)
    large, sizes = largest(stand, least=least, of=of)
    shown = members(stand, large[:limit])
    return Families(
        _described(ecosystem, view, stand, shown, sizes[:limit]),
        view.name,
        large.size,
        int(sizes.sum()),
        len(ecosystem),
    )


def _described(
    ecosystem: Ecosystem, view: View, stand: Structure, shown: Members, sizes: NDArray[np.int64]
) -> tuple[Family, ...]:
    if not sizes.size:
        return ()
    labels = _labels(ecosystem, view, shown)
    edges = sum(labels.values())
    depth = np.maximum.reduceat(stand.depth[shown.models], shown.offsets[:-1])
    created = ecosystem.created[shown.models]
    first, newest = (_reduced(created, shown, which) for which in (np.fmin, np.fmax))
    licences, unlicensed = _licences(ecosystem, shown)
    roots = ecosystem.names.of(stand.root[shown.components])
    return tuple(
        Family(
            root=roots[f],
            models=int(sizes[f]),
            edges=int(edges[f]),
            depth=int(depth[f]),
            first=first[f],
            newest=newest[f],
            **{name: float(counts[f] / edges[f]) if edges[f] else None for name, counts in labels.items()},
            licences=licences[f],
            unlicensed=int(unlicensed[f]),
        )
        for f in range(sizes.size)
    )


def _labels(ecosystem: Ecosystem, view: View, shown: Members) -> dict[str, Any]:
    """How many edges of each label each family has, by the label's name: int64[f]."""
    edges = ecosystem.edges
    place = np.where(edges.mask(view), shown.place_of[edges.parent], -1)
    n = shown.components.size
    of_label = {bit: (place >= 0) & (edges.label == bit) for bit in LABELS}
    return {name: np.bincount(place[of_label[bit]], minlength=n) for bit, name in LABELS.items()}


def _reduced(times: NDArray[np.datetime64], shown: Members, which: Any) -> list[datetime | None]:
    """The earliest or the latest time of each family; NaT, which fmin and fmax pass over, as None."""
    found: list[datetime | None] = which.reduceat(times, shown.offsets[:-1]).tolist()
    return found


def _licences(
    ecosystem: Ecosystem, shown: Members
) -> tuple[list[tuple[FamilyLicence, ...]], NDArray[np.int64]]:
    """What each family declares, and how many of its models declare nothing."""
    trait = ecosystem.trait("licences")
    sets = trait.codes[shown.models].astype(np.int64)
    n, width = shown.components.size, trait.starts.size - 1
    unlicensed = np.bincount(shown.place[sets == 0], minlength=n)
    keys, counts = np.unique(shown.place * np.int64(width) + sets, return_counts=True)
    told = {code: trait.of_set(code) for code in np.unique(keys % width).tolist()}
    found: list[dict[str, int]] = [{} for _ in range(n)]
    for key, models in zip(keys.tolist(), counts.tolist(), strict=True):
        of_family = found[key // width]
        for licence in told[key % width]:
            of_family[licence] = of_family.get(licence, 0) + models
    return [_most_first(each) for each in found], unlicensed


def _most_first(counted: dict[str, int]) -> tuple[FamilyLicence, ...]:
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(FamilyLicence(licence, models) for licence, models in ranked)
