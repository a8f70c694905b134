"""Random arguments for the kernels of graphs: n edges with cycles, self-loops, repeats and lonely nodes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from tests.kernels import naive_graphs
from tests.kernels.inputs import Arguments

NODES_TO_EDGES = 1_860_411 / 573_653  # as in the published graph of models


def edge_list(rng: np.random.Generator, n: int) -> Arguments:
    """Parents, children, bits, and how many nodes there are, in no order."""
    nodes = n + 2
    ends = rng.integers(0, nodes, (2, n)).astype(np.int32)
    again = rng.random(n) < 0.2
    ends[:, again] = ends[:, :1]
    return ends[0], ends[1], rng.integers(0, 16, n).astype(np.uint8), nodes


def families(rng: np.random.Generator, n: int) -> Arguments:
    """As ``edge_list``, of the published graph's shape: few parents have most of the children."""
    nodes = int(n * NODES_TO_EDGES) + 2
    parent = (rng.random(n) ** 6 * nodes / 2).astype(np.int32)
    child = rng.choice(nodes, n, replace=False).astype(np.int32)
    places = rng.permutation(nodes).astype(np.int32)
    return places[parent], places[child], rng.integers(0, 16, n).astype(np.uint8), nodes


def ends(rng: np.random.Generator, n: int) -> Arguments:
    """The two ends of edges, and how many nodes."""
    parent, child, _, nodes = edge_list(rng, n)
    return parent, child, nodes


def sorted_family_ends(rng: np.random.Generator, n: int) -> Arguments:
    """As ``ends``, of ``families``, sorted by parent, then child."""
    parent, child, _, nodes = families(rng, n)
    order = np.lexsort((child, parent))
    return parent[order], child[order], nodes


def masked_ends(rng: np.random.Generator, n: int) -> Arguments:
    """As ``ends``, and which edges count."""
    return *ends(rng, n), rng.random(n) < 0.8


def texts(names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Names in one text of UTF-8, and where each begins and the last ends."""
    encoded = [name.encode() for name in names]
    starts = np.concatenate([[0], np.cumsum([len(raw) for raw in encoded], dtype=np.int64)])
    return np.frombuffer(b"".join(encoded), np.uint8), starts.astype(np.int64)


def some_names(rng: np.random.Generator, n: int) -> Arguments:
    """Names of up to a dozen bytes, some empty, some of two bytes a letter."""
    return texts(["".join(rng.choice(list("ab/é"), rng.integers(0, 8))) for _ in range(n)])


def asked_names(rng: np.random.Generator, n: int) -> Arguments:
    """n names with their hashes in order, and n + 1 others that are looked for, many of them there."""
    text, starts = some_names(rng, n)
    hashes = np.array([_fnv(text[a:b].tolist()) for a, b in pairwise(starts)], np.uint64)
    order = np.argsort(hashes, kind="stable").astype(np.int32)
    return text, starts, hashes[order], order, *some_names(rng, n + 1)


def model_names(rng: np.random.Generator, n: int) -> Arguments:
    """As ``asked_names``, as long as models' names are: n that are looked for, among three times as many."""
    names = [f"org-{i % 9_973}/model-{i}-Instruct" for i in rng.permutation(3 * n).tolist()]
    text, starts = texts(names)
    hashes = np.array([_fnv(name.encode()) for name in names], np.uint64)
    order = np.argsort(hashes, kind="stable").astype(np.int32)
    asked = [names[i] for i in (rng.random(n) ** 6 * len(names)).astype(int).tolist()]
    return text, starts, hashes[order], order, *texts(asked)


def _fnv(raw: bytes | list[int]) -> int:
    found = 0xCBF29CE484222325
    for byte in raw:
        found = (found ^ byte) * 0x100000001B3 % 2**64
    return found


def side_of(own: np.ndarray, other: np.ndarray, nodes: int) -> Arguments:
    """Starts, neighbours and edges of the nodes that are the ``own`` ends of edges."""
    order = np.argsort(own, kind="stable").astype(np.int32)
    starts = np.concatenate([[0], np.cumsum(np.bincount(own, minlength=nodes))]).astype(np.int32)
    return starts, other[order], order


def one_side(rng: np.random.Generator, n: int) -> Arguments:
    """The parents of each node, and which edges count."""
    parent, child, nodes = ends(rng, n)
    return *side_of(child, parent, nodes), rng.random(n) < 0.8


def side_in_order(rng: np.random.Generator, n: int) -> Arguments:
    """The parents of each node, the strong components, an order of them, and which edges count."""
    starts, neighbours, edges, mask = one_side(rng, n)
    lists = [x.tolist() for x in (starts, neighbours, edges, mask)]
    label = np.array(naive_graphs.strong_labels(*lists), np.int32)
    leads_to = naive_graphs.allowed(*lists)
    reach = [len(naive_graphs.reachable(leads_to, v) | {v}) for v in range(label.size)]
    order = np.lexsort((label, reach)).astype(np.int32)  # whom one leads to reaches less
    return starts, neighbours, edges, label, order, mask


def side_with_sources(rng: np.random.Generator, n: int) -> Arguments:
    """The parents of each node, whom a question starts from, and which edges count."""
    starts, neighbours, edges, mask = one_side(rng, n)
    sources = rng.integers(0, starts.size - 1, int(rng.integers(0, 4))).astype(np.int32)
    return starts, neighbours, edges, sources, mask


def family_side(rng: np.random.Generator, n: int) -> Arguments:
    """The parents of each model of ``families``."""
    parent, child, _, nodes = families(rng, n)
    return side_of(child, parent, nodes)


def largest_family(rng: np.random.Generator, n: int) -> Arguments:
    """The children of each model of ``families``, ascending, and whoever has most."""
    parent, child, nodes = sorted_family_ends(rng, n)
    side = side_of(parent, child, nodes)
    return *side, np.array([np.diff(side[0]).argmax()], np.int32)


def members(rng: np.random.Generator, n: int) -> Arguments:
    """Families, who may speak for them, ages and uses with ties and gaps, and names."""
    text, starts = some_names(rng, n)
    created, used = (np.where(rng.random(n) < 0.3, np.nan, rng.integers(0, 2, n)) for _ in range(2))
    return (
        rng.integers(0, max(n // 4, 1), n).astype(np.int32),
        rng.random(n) < 0.8,
        created,
        used,
        text,
        starts,
    )


def cycle(nodes: int) -> Arguments:
    """One cycle through all nodes, as a side: each leads to the one before it."""
    own = np.arange(nodes, dtype=np.int32)
    return side_of(own, np.roll(own, 1), nodes)
