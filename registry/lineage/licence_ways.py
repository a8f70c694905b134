"""The ways that clauses took to models, as words: each model, and how it was made from the one before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .ecosystem import Ecosystem
from .kinds import LABELS
from .licence_audit import Audit, descend

SHOWN = 12  # models of a way in words; what lies between is counted


class Ways:
    """The ways of one term, from the nearest ancestor that carries it to each model that it reaches."""

    def __init__(self, audit: Audit, carriers: NDArray[np.bool_]) -> None:
        everywhere = np.ones_like(carriers)[None]
        found = descend(
            audit.ecosystem,
            audit.kinds,
            audit.codes,
            carried=carriers[None],
            dropped=~everywhere,
            shown=everywhere,
        )
        self._ecosystem = audit.ecosystem
        self._before = np.full(len(audit.ecosystem), -1, np.int32)
        self._before[found.model] = found.via

    def back(self, model: int, hops: int) -> Iterator[int]:
        """``model``, then the model before it on its way, and so on, ``hops`` steps back."""
        yield model
        for _ in range(hops):
            model = int(self._before[model])
            yield model

    def words(self, model: int, hops: int, origin: int) -> str:
        """The way as ``a > b (finetune) > c (quantized)``; of a long one, the ends."""
        names = self._ecosystem.names
        walked = list(self.back(model, min(hops, SHOWN - 1)))
        steps = [
            f"{names[child]} ({kind_between(self._ecosystem, parent, child)})"
            for child, parent in pairwise(walked)
        ]
        left_out = hops - len(steps)
        between = [f"… {left_out:,} more …"] if left_out else []
        return " > ".join([names[origin], *between, *reversed(steps)])


def ways_of(audit: Audit, term: int) -> Ways:
    """The ways of the term at that place of ``audit.terms``; behind the last, those of ``audit.open``."""
    terms = audit.terms
    return Ways(audit, terms.carried[term] if term < len(terms.terms) else ~terms.is_read)


def kind_between(ecosystem: Ecosystem, parent: int, child: int) -> str:
    """The label of the edge from ``parent`` to ``child``."""
    up = ecosystem.up
    low, high = int(up.starts[child]), int(up.starts[child + 1])
    place = low + int(np.searchsorted(up.neighbours[low:high], parent))
    return LABELS[int(ecosystem.edges.label[up.edges[place]])]
