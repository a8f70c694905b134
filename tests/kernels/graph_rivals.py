"""Other ways to what the kernels of graphs compute: SciPy's sparse graphs, NumPy, Python's dict, networkx."""

from __future__ import annotations

from itertools import pairwise

import networkx
import numpy as np
from scipy import sparse
from scipy.sparse import csgraph


def numpy_merged(prepared):
    """Pairs as numbers of 64 bits, sorted."""
    parent, child, bits, _ = prepared
    pairs, where = np.unique(parent.astype(np.int64) << 32 | child, return_inverse=True)
    types = np.zeros(pairs.size, np.uint8)
    np.bitwise_or.at(types, where, bits)
    return (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32), types


def scipy_neighbours(prepared):
    """A sparse matrix that holds the number of each edge."""
    own, other, nodes = prepared
    matrix = sparse.coo_array(
        (np.arange(own.size, dtype=np.int32), (own, other)), shape=(nodes, nodes)
    ).tocsr()
    return matrix.indptr, matrix.indices, matrix.data


def as_dict(text, starts, _hashes, _order, asked_text, asked_starts):
    """The names and those looked for as Python's bytes."""
    (whole, begins), (asked, asked_begins) = (
        (text.tobytes(), starts.tolist()),
        (asked_text.tobytes(), asked_starts.tolist()),
    )
    names = {whole[a:b]: i for i, (a, b) in enumerate(pairwise(begins))}
    return names, [asked[a:b] for a, b in pairwise(asked_begins)]


def dict_found(prepared):
    """A dict of bytes that is there already."""
    names, asked = prepared
    return np.array([names.get(name, -1) for name in asked], np.int32)


def scipy_graph(starts, neighbours, *_rest):
    """A side as SciPy has it."""
    nodes = starts.size - 1
    return sparse.csr_array((np.ones(neighbours.size, np.int8), neighbours, starts), shape=(nodes, nodes))


def networkx_graph(starts, neighbours, *_rest):
    """A side as networkx has it."""
    return networkx.from_scipy_sparse_array(scipy_graph(starts, neighbours), create_using=networkx.DiGraph)


def of_ends(graph):
    """The graph of edges that are given by their ends."""

    def prepared(parent, child, nodes):
        order = np.argsort(parent, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(parent, minlength=nodes))]).astype(np.int32)
        return graph(starts, child[order])

    return prepared


def least_of_each(labels):
    """Component numbers 0 … k − 1 as the least node of each."""
    nodes = np.arange(labels.size, dtype=np.int32)
    least = np.empty(labels.max() + 1, np.int32)
    least[labels[::-1]] = nodes[::-1]  # the last that is written stays
    return least[labels]


def scipy_components(connection):
    """Their numbers, each then renamed after its least node."""

    def run(graph):
        return least_of_each(csgraph.connected_components(graph, connection=connection)[1])

    return run


def networkx_components(find):
    """One set of nodes for each component."""

    def run(graph):
        label = np.empty(len(graph), np.int32)
        for component in find(graph):
            label[list(component)] = min(component)
        return label

    return run


def networkx_depths(graph):
    """The longest and the shortest way, node by node of the condensation."""
    whole = networkx.condensation(graph)
    found = {}
    for c in reversed(list(networkx.topological_sort(whole))):
        above = [found[a] for a in whole.successors(c)]
        found[c] = (1 + max(d for d, _ in above), 1 + min(g for _, g in above)) if above else (0, 0)
    both = np.array([found[whole.graph["mapping"][v]] for v in range(len(graph))], np.int32)
    return both[:, 0], both[:, 1]


def with_start(graph):
    """The prepared graph, and whence to go."""

    def prepared(starts, neighbours, edges, sources):
        return graph(starts, neighbours), int(sources[0])

    return prepared


def scipy_reached(prepared):
    """All nodes that one leads to, without itself."""
    return csgraph.breadth_first_order(*prepared, return_predecessors=False)[1:]


def networkx_reached(prepared):
    """An edge of the tree for each, itself left out."""
    return np.array([child for _, child in networkx.bfs_edges(*prepared)], np.int32)
