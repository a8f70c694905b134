"""How two models are related: the shortest way from one down to the other, or whom both descend from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..ecosystem import Ecosystem, Wholes
from ..kinds import ALL, View
from .follow import Followed, ancestors, model_of

_NOTHING = np.zeros(0, np.int32)
_NO_HOPS = np.zeros((0, 2), np.int32)


@dataclass(frozen=True, slots=True)
class Path:
    """A way between two models along edges that all lead from parent to child."""

    first: int
    second: int
    models: Wholes  # int32[k + 1], from the ancestor to the descendant; empty where there is no way
    edges: Wholes  # int32[k], between them
    common: Wholes  # int32[c]: where there is no way, whom both descend from, the nearest to both first
    common_hops: Wholes  # int32[c, 2]: from each of these to the first, and to the second

    @property
    def direction(self) -> str | None:
        """Whether the way leads ``down`` from the first or ``up`` to it; None where there is none."""
        if not len(self.models):
            return None
        return "down" if int(self.models[0]) == self.first else "up"


def path(ecosystem: Ecosystem, first: str | int, second: str | int, *, view: str | View = ALL) -> Path:
    """The shortest way from ``first`` down to ``second`` or the other way round along the edges of ``view``.

    Of two ways of the same length, which only a cycle has, the one down from ``first``. Raises
    UnknownNameError.
    """
    one, two = model_of(ecosystem, first), model_of(ecosystem, second)
    if one == two:
        return Path(one, two, np.array([one], np.int32), _NOTHING, _NOTHING, _NO_HOPS)
    above_two, above_one = (ancestors(ecosystem, each, view=view) for each in (two, one))
    ways = [_way(ecosystem, above_two, one), _way(ecosystem, above_one, two)]
    if not any(ways):
        return Path(one, two, _NOTHING, _NOTHING, *_common(above_one, above_two))
    edges = np.array(min(filter(None, ways), key=len), np.int32)
    models = np.append(ecosystem.edges.parent[edges[:1]], ecosystem.edges.child[edges])
    return Path(one, two, models, edges, _NOTHING, _NO_HOPS)


def _way(ecosystem: Ecosystem, above: Followed, to: int) -> list[int]:
    """The edges from ``to`` down to where ``above`` starts; empty where ``to`` is not above it."""
    if to not in above.models:
        return []
    edge_of = dict(zip(above.models.tolist(), above.edges.tolist(), strict=True))
    edges = []
    while to != above.start:
        edges.append(edge_of[to])
        to = int(ecosystem.edges.child[edges[-1]])
    return edges


def _common(one: Followed, two: Followed) -> tuple[Wholes, Wholes]:
    """Whom both descend from, by the edges to both together, then by number; and the edges to each."""
    common, at_one, at_two = np.intersect1d(one.models, two.models, return_indices=True)
    hops = np.stack([one.hops[at_one], two.hops[at_two]], axis=1)
    order = np.argsort(hops.sum(axis=1), kind="stable")
    return common[order].astype(np.int32), hops[order].astype(np.int32)
