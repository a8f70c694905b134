"""The ways that clauses took to models, as words: each model, and how it was made from the one before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..ecosystem import Ecosystem
from ..kinds import LABELS
from .audit import Audit, descend

SHOWN = 12  # models of a way in words, besides the first; how many lie between is said


class Ways:
    """The ways of one term of an audit, from the nearest ancestor that carries it to whom it reaches."""

    def __init__(self, audit: Audit, term: int) -> None:
        carried = audit.terms.carried[term][None]
        everywhere = np.ones_like(carried)
        found = descend(audit, audit.kinds, carried=carried, dropped=~everywhere, shown=everywhere)
        self._before: NDArray[np.int32] = np.full(len(audit.ecosystem), -1, np.int32)
        self._before[found.model] = found.via

    def back(self, model: int, hops: int) -> list[int]:
        """``model``, the one before it on its way, and so on: ``hops`` steps, or as many as are shown."""
        way = [model]
        for _ in range(min(hops, SHOWN)):
            way.append(int(self._before[way[-1]]))
        return way


def way_words(ecosystem: Ecosystem, back: Sequence[int], origin: int, hops: int) -> str:
    """``a > b (finetune) > c (quantized)`` for a way that was walked ``back``; of a long one, the ends."""
    names = ecosystem.names
    steps = [
        f"{names[child]} ({kind_between(ecosystem, parent, child)})"
        for child, parent in pairwise(back[: SHOWN + 1])
    ]
    left_out = [f"… {hops - len(steps):,} more …"] if hops > len(steps) else []
    return " > ".join([names[origin], *left_out, *reversed(steps)])


def kind_between(ecosystem: Ecosystem, parent: int, child: int) -> str:
    """The label of the edge from ``parent`` to ``child``."""
    up = ecosystem.up
    low, high = int(up.starts[child]), int(up.starts[child + 1])
    place = low + int(up.neighbours[low:high].searchsorted(parent))
    return LABELS[int(ecosystem.edges.label[up.edges[place]])]
