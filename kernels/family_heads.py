"""Which node speaks for each family: of those that may, the oldest, then the most used, then by name."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .columns import byte_column, group_offsets, id_column, mark_table, real_column
from .jit import BYTES_IN, FLOATS_IN, IDS_IN, IDS_OUT, MARKS_IN, WHOLES_IN, kernel, uncounted


def family_heads(
    family: ArrayLike,
    may: ArrayLike,
    created: ArrayLike,
    used: ArrayLike,
    text: ArrayLike,
    starts: ArrayLike,
) -> NDArray[np.int32]:
    """For each node the one that speaks for its family, int32[n]; −1 where nobody may.

    ``family``: int32[n], any node of it, the same for all (``weak_components``); ``may``: bool[n], who can be
    it; ``created``: float64[n], the least comes first, NaN last; ``used``: float64[n], the most comes first,
    NaN last; of equals the one whose name is least, as UTF-8 in ``text`` from ``starts`` on, then the least
    node. Raises TypeError, ValueError.
    """
    families = id_column("family", family)
    nodes = families.size
    whole = byte_column("text", text)
    head, spoken = np.full(nodes, -1, np.int32), np.empty(nodes, np.int32)
    if not _fill_heads(
        families,
        mark_table("may", may, (nodes,)),
        real_column("created", created, nodes),
        real_column("used", used, nodes),
        whole,
        _names(starts, whole.size, nodes),
        *(head, spoken),
    ):
        raise ValueError(f"family must lie between 0 and the number of nodes - 1, {nodes - 1}")
    return spoken


def _names(starts: ArrayLike, length: int, nodes: int) -> NDArray[np.int64]:
    begins = group_offsets(starts, length, "starts", "bytes in text")
    if begins.size != nodes + 1:
        raise ValueError(f"starts must be of shape ({nodes + 1},), not of shape {begins.shape}")
    return begins


@uncounted
def _order(a, b):  # type: ignore[no-untyped-def]
    """−1 where ``a`` is less than ``b``, 1 where it is more, 0 where neither; NaN is more than any number."""
    if a < b or (a == a and b != b):
        return -1
    return 1 if b < a or (b == b and a != a) else 0


@uncounted
def _name_order(text, starts, v, w):  # type: ignore[no-untyped-def]
    size_v, size_w = starts[v + 1] - starts[v], starts[w + 1] - starts[w]
    for k in range(min(size_v, size_w)):
        a, b = text[starts[v] + k], text[starts[w] + k]
        if a != b:
            return -1 if a < b else 1
    return -1 if size_v < size_w else (1 if size_v > size_w else 0)


@uncounted
def _comes_first(v, w, created, used, text, starts):  # type: ignore[no-untyped-def]
    """Whether ``v`` comes before ``w``."""
    found = _order(created[v], created[w])
    if found == 0:
        found = _order(-used[v], -used[w])
    return (_name_order(text, starts, v, w) if found == 0 else found) < 0


_NODES = (IDS_IN, MARKS_IN, FLOATS_IN, FLOATS_IN, BYTES_IN, WHOLES_IN)


@kernel((*_NODES, IDS_OUT, IDS_OUT), counted=False)
def _fill_heads(family, may, created, used, text, starts, head, spoken):  # type: ignore[no-untyped-def]
    """Fills the head at each family's own node, then at all; False where a family is out of range."""
    for v in range(family.size):
        if not 0 <= family[v] < family.size:
            return False
        if may[v]:
            w = head[family[v]]
            if w < 0 or _comes_first(v, w, created, used, text, starts):
                head[family[v]] = v
    for v in range(family.size):
        spoken[v] = head[family[v]]
    return True
