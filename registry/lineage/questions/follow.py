"""Whom a model was made from, and what was made from it, near and far."""

from __future__ import annotations

from dataclasses import dataclass

from ..ecosystem import Adjacency, Ecosystem, Marks, Wholes
from ..kinds import ALL, VIEWS, View
from ..walk import walked
from .asked import number


@dataclass(frozen=True, slots=True)
class Followed:
    """The models that a model leads to, the nearest first, and by which edge each was reached.

    The model itself is among them only where a cycle or self-loop leads back to it.
    """

    start: int
    models: Wholes  # int32[k]
    hops: Wholes  # int32[k]: edges on the shortest way, ascending
    edges: Wholes  # int32[k]: the last edge of such a way


def ancestors(
    ecosystem: Ecosystem, model: str | int, *, view: str | View = ALL, hops: int | None = None
) -> Followed:
    """What ``model``, a name or a number, was made from along the edges of ``view``, at most ``hops`` away.

    Raises UnknownNameError.
    """
    return _followed(ecosystem, ecosystem.up, model, view, hops)


def descendants(
    ecosystem: Ecosystem, model: str | int, *, view: str | View = ALL, hops: int | None = None
) -> Followed:
    """What was made from ``model``; as ``ancestors``."""
    return _followed(ecosystem, ecosystem.down, model, view, hops)


def model_of(ecosystem: Ecosystem, model: str | int) -> int:
    """The number of a model that is given by its name or number. Raises UnknownNameError."""
    return number(ecosystem, model) if isinstance(model, str) else model


def mask_of(ecosystem: Ecosystem, view: str | View) -> Marks | None:
    """Which edges belong to ``view``, bool[m]; None where all do."""
    chosen = VIEWS[view] if isinstance(view, str) else view
    return None if chosen is ALL else ecosystem.edges.mask(chosen)


def _followed(
    ecosystem: Ecosystem, side: Adjacency, model: str | int, view: str | View, hops: int | None
) -> Followed:
    start = model_of(ecosystem, model)
    found = walked(side, start, mask_of(ecosystem, view), hops)
    return Followed(start, found.models, found.hops, found.edges)
