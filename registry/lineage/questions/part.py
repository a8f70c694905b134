"""A part of an ecosystem by itself: some models, and the edges between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..ecosystem import TRAITS, Ecosystem, Edges, Floats, Times, Wholes
from ..kinds import ALL, View
from .follow import mask_of, model_of


@dataclass(frozen=True, slots=True)
class Subgraph:
    """Some models and the edges between them, a column each. NaN and NaT: not said."""

    names: tuple[str, ...]  # k
    models: Wholes  # int32[k]: their numbers in the ecosystem
    likes: Floats  # float64[k]
    downloads: Floats  # float64[k]
    created: Times  # datetime64[us][k], UTC
    licences: tuple[tuple[str, ...], ...]  # k, here and below
    languages: tuple[tuple[str, ...], ...]
    tasks: tuple[tuple[str, ...], ...]
    libraries: tuple[tuple[str, ...], ...]
    edges: Edges  # e of them; parent and child are places in ``names``


def subgraph(
    ecosystem: Ecosystem,
    models: Iterable[str | int] | NDArray[np.integer],
    *,
    view: str | View = ALL,
) -> Subgraph:
    """``models``, names or numbers, each once and in their order, with the edges of ``view`` among them.

    Raises UnknownNameError.
    """
    chosen = dict.fromkeys(model_of(ecosystem, each) for each in _plain(models))
    numbers = np.fromiter(chosen, np.int32, len(chosen))
    said = {trait: _said(ecosystem, trait, numbers) for trait in TRAITS}
    return Subgraph(
        names=tuple(ecosystem.names.of(numbers)),
        models=numbers,
        likes=ecosystem.likes[numbers],
        downloads=ecosystem.downloads[numbers],
        created=ecosystem.created[numbers],
        edges=_edges(ecosystem, numbers, view),
        **said,
    )


def _plain(models: Iterable[str | int] | NDArray[np.integer]) -> Iterable[str | int]:
    return models.tolist() if isinstance(models, np.ndarray) else models


def _said(ecosystem: Ecosystem, name: str, numbers: Wholes) -> tuple[tuple[str, ...], ...]:
    trait = ecosystem.trait(name)
    codes: Sequence[int] = trait.codes[numbers].tolist()
    sets = {code: trait.of_set(code) for code in set(codes)}
    return tuple(sets[code] for code in codes)


def _edges(ecosystem: Ecosystem, numbers: Wholes, view: str | View) -> Edges:
    """The edges between ``numbers``, in the order that they have in the ecosystem."""
    edges, mask = ecosystem.edges, mask_of(ecosystem, view)
    place = np.full(len(ecosystem), -1, np.int32)
    place[numbers] = np.arange(len(numbers), dtype=np.int32)
    kept = (place[edges.parent] >= 0) & (place[edges.child] >= 0)
    which = np.flatnonzero(kept if mask is None else kept & mask)
    columns = {name: getattr(edges, name)[which] for name in Edges.__slots__}
    return Edges(**columns | {name: place[columns[name]] for name in ("parent", "child")})
