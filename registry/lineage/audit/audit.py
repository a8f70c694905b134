"""Which models declare a licence that drops a clause inherited from an ancestor. Not legal advice.

What descends: the clauses of ``licences.drift.GROUPS`` (non-commercial, use restrictions, copyleft and no
derivatives, thresholds, naming) that an ancestor's declared licence holds, any number of edges up. A declared
licence keeps one where it has a clause of the same key, and copyleft where it is a licence that the one above
names. Who dropped a clause between changes nothing: it descends from the ancestor itself, and the first on
the way to drop it is named.

Along which edges: all of the view. A fine-tune, a quantised copy and a merge are derivatives. An adapter is
taken for one, though it may ship its own weights alone, and an edge whose kind nobody said is taken for one:
both are assumptions, which each finding shows, the summary counts, and the view ``derived`` does without.
Members of a circle are one another's ancestors.

What isn't judged is counted and never passes for kept: a model whose licence isn't known; one that declares
none, which drops nothing and doesn't say what it hands on (a finding of its own kind); and whatever ancestors
of either sort would have handed on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..ecosystem import Ecosystem
from ..kinds import ALL, LABELS, UNTYPED, View
from .terms import Declarations, Declared, declarations

Bits = NDArray[np.uint8]
Ids = NDArray[np.int32]
Marks = NDArray[np.bool_]

NOBODY = -1
UNTYPED_BIT = 16  # in ``along``; the others are those of kinds.KINDS


@dataclass(frozen=True, slots=True)
class Descents:
    """Clauses on their way from an ancestor to a model, r of them, in the order of terms."""

    term: Ids  # int32[r]: places in ``Terms.terms``
    model: Ids  # int32[r]
    origin: Ids  # int32[r]: the nearest ancestor that carries the clause
    via: Ids  # int32[r]: the one before the model on its way
    hops: Ids  # int32[r]: edges between the two
    first: Ids  # int32[r]: the first on the way whose declared licence drops it, or NOBODY
    along: Bits  # uint8[r]: the kinds of edges on the way

    def __len__(self) -> int:
        return len(self.model)

    def take(self, which: NDArray[np.int64] | Marks | slice) -> Descents:
        """Those alone, in that order."""
        return Descents(*(getattr(self, name)[which] for name in Descents.__slots__))


@dataclass(frozen=True, slots=True)
class Audit(Declarations):
    """What became of every clause that descends in one view of an ecosystem."""

    view: View
    kinds: Bits  # uint8[m]: of each edge of ``ecosystem.down``; 0 outside the view
    dropped: Descents  # to models whose licence drops the clause
    undeclared: Descents  # to models that declare no licence
    unjudged: Descents  # to models whose declared licence isn't known
    open: Descents  # from ancestors whose licence isn't known or declared, to models whose licence is


def audit(ecosystem: Ecosystem, view: View = ALL) -> Audit:
    """Every clause that descends to a model which doesn't keep it, along the edges of ``view``."""
    said = declarations(ecosystem)
    terms, is_read, kinds = said.terms, said.terms.is_read, way_kinds(ecosystem, view)
    found = descend(
        said,
        kinds,
        carried=np.vstack([terms.carried, ~is_read]),
        dropped=np.vstack([terms.dropped, np.zeros_like(is_read)]),
        shown=np.vstack([terms.dropped | ~is_read, is_read]),
    )
    state = terms.state[said.codes[found.model]]
    last = np.int32(len(terms.terms))
    return Audit(
        *(ecosystem, terms, said.codes, view, kinds),
        dropped=found.take((found.term < last) & (state == Declared.READ)),
        undeclared=found.take(state == Declared.MISSING),
        unjudged=found.take(state == Declared.UNREAD),
        open=found.take(found.term == last),
    )


def descend(said: Declarations, kinds: Bits, *, carried: Marks, dropped: Marks, shown: Marks) -> Descents:
    """The ways of some terms, a row each of the tables, to the models with a set that ``shown`` names."""
    from ....kernels.clause_flow import clause_flow

    down = said.ecosystem.down
    flow = clause_flow(down.starts, down.neighbours, kinds, said.codes, carried, dropped, shown)
    term = np.repeat(np.arange(len(carried), dtype=np.int32), np.diff(flow.starts))
    return Descents(term, flow.node, flow.origin, flow.via, flow.hops, flow.first, flow.along)


def way_kinds(ecosystem: Ecosystem, view: View) -> Bits:
    """For each edge of ``ecosystem.down`` the bit of its label, UNTYPED_BIT for none; 0 outside ``view``."""
    edges = ecosystem.edges
    bits = np.where(edges.label == UNTYPED, np.uint8(UNTYPED_BIT), edges.label)
    bits[~edges.mask(view)] = 0
    return bits[ecosystem.down.edges]


def kind_names(along: int) -> tuple[str, ...]:
    """The labels behind the bits of ``along``."""
    bits = {UNTYPED_BIT if bit == UNTYPED else bit: name for bit, name in LABELS.items()}
    return tuple(name for bit, name in sorted(bits.items()) if along & bit)
