"""Random arguments for the kernels of graphs: n edges with cycles, self-loops, repeats and lonely nodes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

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
