"""Where a model stands between the roots above it and the rest of its family."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ..ecosystem import Ecosystem, Structure, Wholes
from ..kinds import ALL, View
from .around import around
from .follow import ancestors, mask_of, model_of
from .places import Places, places

_FEW = 20_000  # models


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a model is from the roots above it; a cycle counts as one place."""

    model: str
    depth: int  # edges on the longest way from a root
    generation: int  # edges on the shortest
    cycle: tuple[str, ...]  # the members of the cycles that it is in, itself among them; empty: in none


@dataclass(frozen=True, slots=True)
class Family:
    """Everyone whom edges connect with a model, whichever way they lead."""

    models: Wholes  # int32[k], the most downloaded first
    root: int  # the one that names it: of its roots the oldest, then most downloaded, then first by name


def standings(
    ecosystem: Ecosystem, models: Iterable[str | int], *, view: str | View = ALL
) -> tuple[Standing, ...]:
    """Where each of ``models`` stands along the edges of ``view``. Raises UnknownNameError."""
    chosen = [model_of(ecosystem, model) for model in models]
    above = np.zeros(len(ecosystem), np.bool_)
    for model in chosen:
        above[[model, *ancestors(ecosystem, model, view=view).models]] = True
    known = np.flatnonzero(above).astype(np.int32)
    held = placed(ecosystem, known, view)
    return tuple(_standing(ecosystem, known, held, int(np.searchsorted(known, at))) for at in chosen)


def _standing(ecosystem: Ecosystem, known: Wholes, held: Places, at: int) -> Standing:
    cycle = known[held.strong == held.strong[at]]
    names = ecosystem.names
    members = tuple(names.of(cycle)) if len(cycle) > 1 else ()
    return Standing(names[int(known[at])], int(held.depth[at]), int(held.generation[at]), members)


def family(ecosystem: Ecosystem, model: str | int, *, view: str | View = ALL) -> Family:
    """The family of ``model``, a weak component of ``view``. Raises UnknownNameError."""
    at = model_of(ecosystem, model)
    if mask_of(ecosystem, view) is None:
        held = ecosystem.structure
        models = np.flatnonzero(held.component == held.component[at]).astype(np.int32)
        root = int(held.root[at])
    else:
        models = np.sort(np.append(around(ecosystem, at, view=view).models, np.int32(at)))
        root = canonical(ecosystem, models[placed(ecosystem, models, view).depth == 0])
    popular = np.argsort(-np.nan_to_num(ecosystem.downloads[models], nan=-1.0), kind="stable")
    return Family(models[popular], root)


def canonical(ecosystem: Ecosystem, models: Wholes) -> int:
    """Of ``models``, the oldest, then the most downloaded, then the first by name; last who says nothing."""
    created = ecosystem.created[models]
    ages = np.where(np.isnat(created), np.iinfo(np.int64).max, created.astype(np.int64))
    downloads = np.nan_to_num(-ecosystem.downloads[models], nan=np.inf)
    told = zip(ages.tolist(), downloads.tolist(), ecosystem.names.of(models), models.tolist(), strict=True)
    return int(min(told)[-1])


def placed(ecosystem: Ecosystem, models: Wholes, view: str | View) -> Places:
    """Where ``models`` stand in ``view``: int32[k], each once, with all parents that the view gives them.

    Few are placed by themselves, without the time that loading compiled code takes.
    """
    mask = mask_of(ecosystem, view)
    if mask is not None and len(models) <= _FEW:
        return places(ecosystem, models, mask)
    held = structure_along(ecosystem, view)
    return Places(held.strong[models], held.depth[models], held.generation[models])


def structure_along(ecosystem: Ecosystem, view: str | View) -> Structure:
    """The structure of one view: the stored one of all edges, else one made now."""
    mask = mask_of(ecosystem, view)
    if mask is None:
        return ecosystem.structure
    from ..structure import structure

    return structure(ecosystem, mask)
