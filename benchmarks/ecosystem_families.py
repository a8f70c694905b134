"""Which models of a made-up ecosystem are made from which. Models are numbered by their age."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from fitment.registry.lineage.kinds import ADAPTER, FINETUNE, KINDS, MERGE, QUANTIZED, UNTYPED
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.ecosystem_shape import BESIDES, COPIES, FRESH, PARENTS, Shape

Wholes = NDArray[np.int64]
LABELS = (FINETUNE, QUANTIZED, ADAPTER, MERGE, UNTYPED)
_SPARE = 1.06  # edges drawn for each one that is kept: a child may draw the same parent twice
_OLDEST = 0.001  # of all models: the first that are children of none


@dataclass(frozen=True, slots=True)
class Families:
    """Edges, each pair once, sorted by child; and parents that are named and not there."""

    parent: Wholes
    child: Wholes
    label: NDArray[np.uint8]
    types: NDArray[np.uint8]
    first: Wholes  # of each model: the parent that it takes after, always an older one; -1 without
    gone_child: Wholes
    gone_bits: NDArray[np.uint8]
    gone_name: Wholes

    @property
    def kind(self) -> NDArray[np.int16]:
        """Of each model: the label of an edge to it, -1 where it has none."""
        found = np.full(len(self.first), -1, np.int16)
        found[self.child] = self.label
        return found

    @property
    def root(self) -> Wholes:
        """Of each model: the one without a parent that it comes from, along ``first``."""
        return _ends(np.where(self.first >= 0, self.first, np.arange(len(self.first))))

    @property
    def children(self) -> Wholes:
        """How many each model has."""
        return np.bincount(self.parent, minlength=len(self.first))


def families(shape: Shape, draw: Generator) -> Families:
    """Children of older parents by preferential attachment (Simon 1955), then loops and cycles."""
    child, label = _children(shape, draw)
    parent = _parents(shape.models, child, label, draw)
    kept = _kept(shape, parent, child, label, draw)
    parent, child, label = parent[kept], child[kept], label[kept]
    first = np.full(shape.models, -1, np.int64)
    first[child[::-1]] = parent[::-1]
    back_parent, back_child = _backwards(shape, parent, child, first, draw)
    parent, child = np.append(parent, back_parent), np.append(child, back_child)
    label = np.append(label, np.full(len(back_parent), FINETUNE, np.uint8))
    order = np.lexsort((parent, child))
    parent, child, label = parent[order], child[order], label[order]
    types = label.copy()
    for of, others in BESIDES.items():
        for bit, share in others.items():
            types[(label == of) & (draw.random(len(label)) < share)] |= bit
    return Families(parent, child, label, types, first, *_gone(shape, child, draw))


def _children(shape: Shape, draw: Generator) -> tuple[Wholes, NDArray[np.uint8]]:
    """The child and the label of each edge to be drawn, by the age of the child."""
    many: list[Wholes] = []
    for label, edges in shape.by_label.items():
        mean = sum(p * (k + 1) for k, p in enumerate(PARENTS[label]))
        size = max(2, round(edges * _SPARE / mean))
        many.append(1 + draw.choice(len(PARENTS[label]), size, p=PARENTS[label]))
    label_of = np.repeat(np.array(LABELS, np.uint8), [len(each) for each in many])
    oldest = max(2, round(_OLDEST * shape.models))
    ages = oldest + draw.choice(shape.models - oldest, len(label_of), replace=False)
    order = np.argsort(ages)
    times = np.concatenate(many)[order]
    return np.repeat(ages[order], times), np.repeat(label_of[order], times)


def _parents(n: int, child: Wholes, label: NDArray[np.uint8], draw: Generator) -> Wholes:
    size = len(child)
    copies = draw.random(size) < _by_label(COPIES)[label]
    copies[: max(1, size // 10_000)] = False
    own = np.arange(size)
    source = np.where(copies, (draw.random(size) * own).astype(np.int64), own)
    return _fresh(n, child, label, draw)[_ends(source)]


def _ends(leads: Wholes) -> Wholes:
    """Where each leads in the end, by doubled steps; an end leads to itself."""
    while True:
        further = leads[leads]
        if np.array_equal(further, leads):
            return leads
        leads = further


def _fresh(n: int, child: Wholes, label: NDArray[np.uint8], draw: Generator) -> Wholes:
    """A parent for each edge, whatever others took: an older model of the kind that its label prefers."""
    kind = np.full(n, -1, np.int16)
    kind[child] = label
    pools = {of: np.flatnonzero(kind == (-1 if of is None else of)) for of in (None, *LABELS)}
    parent = (draw.random(len(child)) * np.searchsorted(pools[None], child)).astype(np.int64)
    parent = pools[None][parent]
    chance, at = draw.random(len(child)), draw.random(len(child))
    for of, shares in FRESH.items():
        low = 0.0
        for pool, share in shares.items():
            chosen = np.flatnonzero((label == of) & (chance >= low) & (chance < low + share))
            older = np.searchsorted(pools[pool], child[chosen])
            chosen, older = chosen[older > 0], older[older > 0]
            parent[chosen] = pools[pool][(at[chosen] * older).astype(np.int64)]
            low += share
    return parent


def _by_label(values: Mapping[int, float]) -> NDArray[np.float64]:
    return np.array([values.get(label, 0.0) for label in range(max(LABELS) + 1)])


def _kept(shape: Shape, parent: Wholes, child: Wholes, label: NDArray[np.uint8], draw: Generator) -> Wholes:
    """Each pair once, and of each label as many as the shape says."""
    _, once = np.unique(child << 32 | parent, return_index=True)
    wanted = dict(shape.by_label)
    wanted[FINETUNE] = max(0, wanted[FINETUNE] - shape.self_loops - shape.cycles)
    chosen = []
    for of, count in wanted.items():
        found = once[label[once] == of]
        chosen.append(draw.choice(found, min(count, len(found)), replace=False))
    return np.sort(np.concatenate(chosen))


def _backwards(
    shape: Shape, parent: Wholes, child: Wholes, first: Wholes, draw: Generator
) -> tuple[Wholes, Wholes]:
    """Self-loops, and edges that close cycles of two or three models, not through the largest ones."""
    own = draw.choice(shape.models, shape.self_loops, replace=False)
    modest = np.flatnonzero(np.bincount(parent, minlength=shape.models)[parent] < 20)
    picked = draw.choice(modest, min(shape.cycles, len(modest)), replace=False)
    above = first[parent[picked]]
    back = np.where((np.arange(len(picked)) % 2 == 0) | (above < 0), parent[picked], above)
    pairs = np.unique(np.stack([child[picked], back]), axis=1)
    return np.append(own, pairs[0]), np.append(own, pairs[1])


def _gone(shape: Shape, child: Wholes, draw: Generator) -> tuple[Wholes, NDArray[np.uint8], Wholes]:
    """Who names a parent that is not there: as which kind, and which name of so many."""
    count = shape.missing
    anyone = draw.integers(shape.models, size=count)
    who = np.where(draw.random(count) < 0.4, child[draw.integers(len(child), size=count)], anyone)
    bits = draw.choice(np.array([0, *KINDS.values()], np.uint8), count, p=[0.1, 0.4, 0.15, 0.3, 0.05])
    name = (draw.random(count) ** 3 * max(20, count // 4)).astype(np.int64)
    _, once = np.unique(who << 32 | name, return_index=True)
    return who[once], bits[once], name[once]
