"""The slow obvious twin of ``kernels/clause_flow.py``, and graphs for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tests.kernels.inputs import Arguments

Table = Sequence[Sequence[bool]]


def clause_flow(
    starts: Sequence[int],
    neighbours: Sequence[int],
    kinds: Sequence[int],
    codes: Sequence[int],
    carried: Table,
    drops: Table,
    shown: Table,
) -> dict[str, list[int]]:
    """Level by level, each way kept as the whole list of its nodes."""
    edges = [
        (u, neighbours[e], kinds[e])
        for u in range(len(starts) - 1)
        for e in range(starts[u], starts[u + 1])
        if kinds[e]
    ]
    rows: list[tuple[int, ...]] = []
    begins = [0]
    for carries, dropping, listed in zip(carried, drops, shown, strict=True):
        ways = _ways(edges, [v for v, code in enumerate(codes) if carries[code]])
        for v, (way, along) in ways.items():
            if listed[codes[v]]:
                first = next((each for each in way[1:] if dropping[codes[each]]), -1)
                rows.append((v, len(way) - 1, way[-2], way[0], first, along))
        begins.append(len(rows))
    names = ("node", "hops", "via", "origin", "first", "along")
    return {"starts": begins} | {name: [row[i] for row in rows] for i, name in enumerate(names)}


def _ways(edges: list[tuple[int, int, int]], carriers: list[int]) -> dict[int, tuple[list[int], int]]:
    """By node, in the order in which they are reached: the way from a carrier, and its edges' kinds."""
    found: dict[int, tuple[list[int], int]] = {}
    level: dict[int, tuple[list[int], int]] = {v: ([v], 0) for v in carriers}
    while level:
        nearer = dict(found)
        reached: dict[int, tuple[list[int], int]] = {}
        for u, (way, along) in level.items():
            for _, v, kind in (edge for edge in edges if edge[0] == u):
                if v not in nearer and (v not in reached or u < reached[v][0][-2]):
                    reached[v] = ([*way, v], along | kind)
        level = reached
        found |= reached
    return found


def clause_graph(rng: np.random.Generator, n: int) -> Arguments:
    """n nodes of three classes in a sparse graph with circles, loops and closed edges; two items."""
    children = rng.integers(0, 4, n) * (rng.random(n) < 0.7)
    starts = np.concatenate([[0], np.cumsum(children)]).astype(np.int32)
    neighbours = rng.integers(0, max(n, 1), starts[-1]).astype(np.int32)
    kinds = np.where(rng.random(starts[-1]) < 0.1, 0, 1 << rng.integers(0, 5, starts[-1])).astype(np.uint8)
    codes = rng.choice(3, n, p=[0.15, 0.35, 0.5]).astype(np.int32)
    carried = np.array([[True, False, False], [False, False, True]])
    drops = np.array([[False, True, False], [True, True, False]])
    return starts, neighbours, kinds, codes, carried, drops, rng.random((2, 3)) < 0.8
