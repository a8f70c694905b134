"""Where a model stands between the roots above it and the rest of its family."""

from __future__ import annotations

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


def standing_of(ecosystem: Ecosystem, model: str | int, *, view: str | View = ALL) -> Standing:
    """Where ``model`` stands along the edges of ``view``. Raises UnknownNameError."""
    at = model_of(ecosystem, model)
    held = structure_of(ecosystem, view)
    cycle = np.flatnonzero(held.strong == held.strong[at])
    names = ecosystem.names
    alone = len(cycle) < 2
    return Standing(
        names[at], int(held.depth[at]), int(held.generation[at]), () if alone else tuple(names.of(cycle))
    )


def family(ecosystem: Ecosystem, model: str | int, *, view: str | View = ALL) -> Wholes:
    """Everyone whom edges of ``view`` connect with ``model``, whichever way they lead, int32[k] ascending.

    Raises UnknownNameError.
    """
    at = model_of(ecosystem, model)
    component = structure_of(ecosystem, view).component
    return np.flatnonzero(component == component[at]).astype(np.int32)


def structure_of(ecosystem: Ecosystem, view: str | View) -> Structure:
    """The structure of one view: the stored one of all edges, else one made now."""
    mask = mask_of(ecosystem, view)
    if mask is None:
        return ecosystem.structure
    from .structure import structure

    return structure(ecosystem, mask)
