"""How a model was made from its parent: the bits of an edge, its label, and the views over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

# In the order in which the last that applies labels an edge; none of them: untyped (parent_model alone).
UNTYPED = 0
FINETUNE, QUANTIZED, ADAPTER, MERGE = 1, 2, 4, 8
KINDS: Mapping[str, int] = MappingProxyType(
    {"finetune": FINETUNE, "quantized": QUANTIZED, "adapter": ADAPTER, "merge": MERGE}
)
LABELS: Mapping[int, str] = MappingProxyType(
    {UNTYPED: "untyped", **{bit: name for name, bit in KINDS.items()}}
)


def labels(types: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The highest bit of each bitmask, uint8[m]: the last type that applies; 0 where there is none."""
    of_mask = np.array([1 << mask.bit_length() >> 1 for mask in range(256)], np.uint8)
    return of_mask[types]


@dataclass(frozen=True, slots=True)
class View:
    """Which edges a question goes along."""

    name: str
    meaning: str
    by_label: bool  # whether the label decides, else every type that the edge has
    bits: int  # the types that belong to it
    untyped: bool  # whether edges without a type do

    def mask(self, types: NDArray[np.uint8], label: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """Whether each edge belongs to it, bool[m]."""
        held = label if self.by_label else types
        found: NDArray[np.bool_] = (held & self.bits) != 0
        return found | (held == UNTYPED) if self.untyped else found


_ALL = FINETUNE | QUANTIZED | ADAPTER | MERGE
ALL = View("all", "every edge", True, _ALL, True)
VIEWS: Mapping[str, View] = MappingProxyType(
    {
        view.name: view
        for view in (
            ALL,
            View("finetune", "edges labelled finetune", True, FINETUNE, False),
            View("quantized", "edges labelled quantized", True, QUANTIZED, False),
            View("adapter", "edges labelled adapter", True, ADAPTER, False),
            View("merge", "edges labelled merge", True, MERGE, False),
            View("untyped", "edges whose type nobody said", True, 0, True),
            View("no-merge", "edges not labelled merge", True, _ALL & ~MERGE, True),
            View("derived", "edges labelled finetune, quantized or merge", True, _ALL & ~ADAPTER, False),
            View("any-finetune", "edges that are a finetune, whatever else they are", False, FINETUNE, False),
            View("any-quantized", "edges that quantise, whatever else they do", False, QUANTIZED, False),
            View("any-adapter", "edges that are an adapter, whatever else", False, ADAPTER, False),
            View("any-merge", "edges that are a merge, whatever else", False, MERGE, False),
        )
    }
)
