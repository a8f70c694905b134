"""How many nodes can be reached from each node of a graph: counted for all, and walked only where ways meet.

Where every node below one has a single parent, and there is no cycle, what is below is a tree, and its counts
add up from the leaves. From all others a walk counts each node once; it does not enter such trees, whose
counts are known.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import id_column, node_count, whole_number
from .csr import neighbours
from .jit import IDS_IN, MARKS_IN, WHOLE, WHOLES_OUT, elementary, kernel

Wholes = NDArray[np.int64]

MOST_STEPS = 100_000_000
UNKNOWN = -1


def descendant_counts(
    parent: ArrayLike, child: ArrayLike, n_nodes: int, *, most_steps: int = MOST_STEPS
) -> Wholes:
    """How many other nodes can be reached from each, int64[n_nodes]; −1 where that was not counted.

    ``parent``, ``child``: int32[m], the ends of each edge, 0 … n_nodes − 1. A node is never among those it
    reaches, whatever leads back to it. A graph whose ways meet or turn back everywhere would take n² steps:
    nodes whose turn comes after more than ``most_steps`` edges were walked have no count. Raises TypeError,
    ValueError.
    """
    nodes = node_count(n_nodes)
    most = whole_number("most_steps", most_steps, least=0)
    parents = id_column("parent", parent)
    children = id_column("child", child, parents.size)
    for name, ends in (("parent", parents), ("child", children)):
        if ends.size and not 0 <= ends.min() <= ends.max() < nodes:
            raise ValueError(f"{name} must lie between 0 and n_nodes - 1, {nodes - 1}")
    down, up = neighbours(parents, children, nodes), neighbours(children, parents, nodes)
    counts = np.empty(nodes, np.int64)
    _fill_trees(down.starts, down.neighbours, up.starts, up.neighbours, counts)
    _fill_others(down.starts, down.neighbours, counts != UNKNOWN, most, counts)
    return counts


@kernel((IDS_IN, IDS_IN, IDS_IN, IDS_IN, WHOLES_OUT))
def _fill_trees(starts, children, up_starts, parents, counts):  # type: ignore[no-untyped-def]
    """Fills the counts of nodes that only trees are below, from the leaves up; −1 for all others."""
    nodes = counts.size
    counts[:] = UNKNOWN
    waiting, queue, queued = starts[1:] - starts[:-1], np.empty(nodes, np.int32), 0
    for v in range(nodes):
        if waiting[v] == 0:
            queue[queued], counts[v] = v, 0
            queued += 1
    done = 0
    while done < queued:
        v = queue[done]
        done += 1
        if up_starts[v + 1] - up_starts[v] != 1:
            continue  # ways meet in it, or it is a root: it completes nobody
        p = parents[up_starts[v]]
        waiting[p] -= 1
        if waiting[p] == 0:
            queue[queued], counts[p] = p, 0
            queued += 1
            for k in range(starts[p], starts[p + 1]):
                counts[p] += 1 + counts[children[k]]


@elementary
def _walked(v, starts, children, is_tree, counts, seen, queue):  # type: ignore[no-untyped-def]
    """How many nodes are below ``v``, and how many edges were walked."""
    seen[v], queue[0] = v, v
    queued, done, found, steps = 1, 0, 0, 0
    while done < queued:
        u = queue[done]
        done += 1
        for k in range(starts[u], starts[u + 1]):
            c = children[k]
            if seen[c] == v:
                continue
            seen[c] = v
            found += 1
            if is_tree[c]:
                found += counts[c]
            else:
                queue[queued] = c
                queued += 1
        steps += starts[u + 1] - starts[u]
    return found, steps


@kernel((IDS_IN, IDS_IN, MARKS_IN, WHOLE, WHOLES_OUT))
def _fill_others(starts, children, is_tree, most, counts):  # type: ignore[no-untyped-def]
    """Fills the other counts by a walk each, until more than ``most`` edges were walked."""
    seen, queue = np.full(counts.size, -1, np.int32), np.empty(counts.size, np.int32)
    walked = 0
    for v in range(counts.size):
        if not is_tree[v] and walked <= most:
            counts[v], steps = _walked(v, starts, children, is_tree, counts, seen, queue)
            walked += steps
