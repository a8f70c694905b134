"""Other ways to what the kernels of graphs compute: SciPy's sparse graphs, NumPy, Python's dict, networkx."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy import sparse


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
