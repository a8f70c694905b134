"""Which models belong to the largest families, or to that of one model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..ecosystem import Structure, Wholes

LEAST = 2  # models: one alone is no family


@dataclass(frozen=True, slots=True)
class Members:
    """The models of some weak components, side by side."""

    components: NDArray[np.int64]  # int64[f]
    models: NDArray[np.int64]  # int64[k], component after component, ascending within each
    offsets: NDArray[np.int64]  # int64[f + 1]: where those of each begin, and last where all end
    place: Wholes  # int32[k]: which of the components each belongs to
    place_of: Wholes  # int32[n]: the same of every model there is, −1 where it belongs to none of them


def largest(
    stand: Structure, *, least: int = LEAST, of: int | None = None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Components of at least ``least`` models, or that of the model ``of``, and how many models each has.

    The largest first, equals by the least number of a model.
    """
    sizes = np.bincount(stand.component, minlength=stand.component.size)
    chosen = np.flatnonzero(sizes >= max(1, least)) if of is None else stand.component[[of]].astype(np.int64)
    chosen = chosen[np.argsort(-sizes[chosen], kind="stable")]
    return chosen, sizes[chosen]


def members(stand: Structure, components: NDArray[np.int64]) -> Members:
    """The models of ``components``, each of them named once."""
    number = np.full(stand.component.size, -1, np.int32)
    number[components] = np.arange(components.size, dtype=np.int32)
    place_of = number[stand.component]
    models = np.flatnonzero(place_of >= 0)
    models = models[np.argsort(place_of[models], kind="stable")]
    place = place_of[models]
    offsets = np.searchsorted(place, np.arange(components.size + 1))
    return Members(components, models, offsets, place, place_of)
