"""How often one value of a trait turns into another on the way from parent to child.

**Definition.** Of an edge let P be the values that the parent says and C those that the child says. Each
value that the child adds, c in C but not in P, is a mutation p → c from every p in P. Each that it drops, r
in P but not in C, is a mutation r → k to every k that it kept, in both P and C. So an ordered pair of values
counts at most once an edge; what replaces something counts as added; and where parent or child says nothing,
nothing is known and there are no mutations.

Two things are decided here that the published definition leaves open. A dropped value goes to what was
*kept*, not to all that the child says: what was added has its mutation from the dropped value already, and
would count twice. And ``other`` and ``unknown`` are left out, for they name no value; the published
orderings leave them out as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...errors import QuestionError
from ..ecosystem import Ecosystem, Trait
from ..kinds import View
from .top_traits import top_values
from .trait_pairs import TraitPairs, trait_pairs

NO_VALUES = frozenset({"other", "unknown"})
TOP = 20  # values, unless said
MOST = 200  # values: more than anyone reads
_CELLS = 1 << 20  # of a table of pairs by values that is made at a time


@dataclass(frozen=True, slots=True)
class Mutations:
    """The mutations between the values that most models say."""

    trait: str
    view: str
    values: tuple[str, ...]  # said by most models first, equals by name
    counts: NDArray[np.int64]  # int64[n, n]: mutations from one value (row) to another (column); diagonal 0
    edges: int  # at both of whose ends something is said, self-loops left out
    self_loops: int

    @property
    def net(self) -> NDArray[np.int64]:
        """Mutations forward less those back, int64[n, n]: the traffic of each pair, with its sign."""
        return self.counts - self.counts.T


def mutations(ecosystem: Ecosystem, trait: str, view: View, top: int = TOP) -> Mutations:
    """The mutations between the ``top`` values of a trait that most models say, along ``view``.

    Raises QuestionError for fewer than 1 or more than 200 values.
    """
    if not 1 <= top <= MOST:
        raise QuestionError(f"from 1 to {MOST:,} values can be compared, not {top:,}: say so by --top")
    said = ecosystem.trait(trait)
    most = [each.value for each in top_values(ecosystem, trait, top + len(NO_VALUES)).values]
    values = tuple([value for value in most if value not in NO_VALUES][:top])
    pairs = trait_pairs(ecosystem, said, view)
    counts = _counted(_says(said, values), pairs)
    return Mutations(trait, view.name, values, counts, pairs.chosen.size, pairs.self_loops)


def _says(trait: Trait, values: tuple[str, ...]) -> NDArray[np.bool_]:
    """Which of ``values`` each set of the trait holds, bool[sets, values]."""
    place = {value: at for at, value in enumerate(values)}
    column = np.array([place.get(value, -1) for value in trait.values], np.int64)
    sizes = np.diff(trait.starts)
    of_member = column[trait.members]
    found = np.zeros((sizes.size, len(values)), np.bool_)
    shown = of_member >= 0
    found[np.repeat(np.arange(sizes.size), sizes)[shown], of_member[shown]] = True
    return found


def _counted(says: NDArray[np.bool_], pairs: TraitPairs) -> NDArray[np.int64]:
    """All pairs of a parent's and a child's value, less those of two that were kept: exact below 2⁵³."""
    n = says.shape[1]
    counts = np.zeros((n, n))
    changed = np.flatnonzero(pairs.parent != pairs.child)
    for chunk in np.array_split(changed, 1 + changed.size * n // _CELLS):
        parent, child = says[pairs.parent[chunk]], says[pairs.child[chunk]]
        kept = parent & child
        edges = pairs.edges[chunk, None].astype(np.float64)
        counts += parent.T.astype(np.float64) @ (child * edges) - kept.T.astype(np.float64) @ (kept * edges)
    np.fill_diagonal(counts, 0.0)
    return counts.astype(np.int64)
