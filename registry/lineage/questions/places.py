"""Where a few models stand in a view, without compiling anything: what one question can afford.

Tarjan's strong components (1972) along the edges to parents: a component is complete when all above it are,
so its depth and generation follow at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..ecosystem import Ecosystem, Marks, Wholes
from ..walk import slots

_UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Places:
    """Where models stand; the columns of ``ecosystem.Structure``, of these models in their order."""

    strong: Wholes  # int32[k]: numbers of the ecosystem
    depth: Wholes  # int32[k]
    generation: Wholes  # int32[k]


@dataclass(frozen=True, slots=True)
class _Found:
    strong: list[int]
    depth: list[int]
    generation: list[int]


def places(ecosystem: Ecosystem, models: Wholes, mask: Marks) -> Places:
    """Where ``models`` stand along the edges of ``mask``, bool[m].

    ``models``: int32[k], each once, with all the parents that these edges give them.
    """
    order = np.argsort(models)
    ascending = models[order]
    parents = _parents(ecosystem, ascending, mask)
    found = _Found(*([_UNKNOWN] * len(parents) for _ in range(3)))
    _search(parents, found)
    back = np.empty(len(models), np.int64)
    back[order] = np.arange(len(models))
    strong = ascending[np.array(found.strong, np.int64)]
    return Places(
        strong[back], np.array(found.depth, np.int32)[back], np.array(found.generation, np.int32)[back]
    )


def _parents(ecosystem: Ecosystem, ascending: Wholes, mask: Marks) -> list[list[int]]:
    """The parents of each model, by their places in ``ascending``."""
    up = ecosystem.up
    at = slots(up, ascending)
    owner = np.repeat(np.arange(len(ascending)), up.starts[ascending + 1] - up.starts[ascending])
    kept = mask[up.edges[at]]
    flat = np.searchsorted(ascending, up.neighbours[at[kept]]).tolist()
    ends = np.searchsorted(owner[kept], np.arange(len(ascending) + 1)).tolist()
    return [flat[ends[place] : ends[place + 1]] for place in range(len(ascending))]


def _search(parents: Sequence[Sequence[int]], found: _Found) -> None:
    """Goes up from each model depth first, and completes components on the way back."""
    came, low = [_UNKNOWN] * len(parents), [0] * len(parents)
    path: list[int] = []  # models of components that are not complete
    at_path = [0] * len(parents)
    count = 0
    for first in range(len(parents)):
        todo = [(first, 0)] if came[first] == _UNKNOWN else []
        while todo:
            model, begun = todo.pop()
            if came[model] == _UNKNOWN:
                came[model] = low[model] = count
                count, at_path[model] = count + 1, len(path)
                path.append(model)
            for at in range(begun, len(parents[model])):
                parent = parents[model][at]
                if came[parent] == _UNKNOWN:
                    todo += [(model, at), (parent, 0)]  # and looks at this parent again
                    break
                if found.strong[parent] == _UNKNOWN:
                    low[model] = min(low[model], low[parent])
            else:
                if low[model] == came[model]:
                    _complete(path[at_path[model] :], parents, found)
                    del path[at_path[model] :]


def _complete(members: Sequence[int], parents: Sequence[Sequence[int]], found: _Found) -> None:
    """Places a component whose parents outside it are placed."""
    above = [each for model in members for each in parents[model] if found.strong[each] != _UNKNOWN]
    depth = max((found.depth[each] + 1 for each in above), default=0)
    generation = min((found.generation[each] + 1 for each in above), default=0)
    label = min(members)
    for model in members:
        found.strong[model], found.depth[model], found.generation[model] = label, depth, generation
