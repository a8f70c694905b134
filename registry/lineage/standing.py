"""Where a model stands between the roots above it and the rest of its family."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from .ecosystem import Ecosystem, Structure, Wholes
from .follow import mask_of, model_of
from .kinds import ALL, View


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
    held = structure_of(ecosystem, view)
    return tuple(_standing(ecosystem, held, model_of(ecosystem, model)) for model in models)


def _standing(ecosystem: Ecosystem, held: Structure, at: int) -> Standing:
    cycle = np.flatnonzero(held.strong == held.strong[at])
    names = ecosystem.names
    members = tuple(names.of(cycle)) if len(cycle) > 1 else ()
    return Standing(names[at], int(held.depth[at]), int(held.generation[at]), members)


def family(ecosystem: Ecosystem, model: str | int, *, view: str | View = ALL) -> Family:
    """The family of ``model``, a weak component of ``view``. Raises UnknownNameError."""
    at = model_of(ecosystem, model)
    held = structure_of(ecosystem, view)
    models = np.flatnonzero(held.component == held.component[at]).astype(np.int32)
    popular = np.argsort(-np.nan_to_num(ecosystem.downloads[models], nan=-1.0), kind="stable")
    return Family(models[popular], int(held.root[at]))


def structure_of(ecosystem: Ecosystem, view: str | View) -> Structure:
    """The structure of one view: the stored one of all edges, else one made now."""
    mask = mask_of(ecosystem, view)
    if mask is None:
        return ecosystem.structure
    from .structure import structure

    return structure(ecosystem, mask)
