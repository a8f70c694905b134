"""The findings of an audit in words: the clause with its section and source, and the way that it took."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ...licences.drift import GROUPS
from .audit import NOBODY, Audit, Descents, kind_names
from .terms import Declarations, Declared
from .ways import Ways, way_words

UNDECLARED = "undeclared"  # asked for like a group: what comes to models that declare no licence
ASKED = (*GROUPS, UNDECLARED)
# What becomes of a clause under a declared set of that state, where the set itself doesn't say.
OUTCOMES = {Declared.READ: "", Declared.UNREAD: "not judged", Declared.MISSING: UNDECLARED}


@dataclass(frozen=True, slots=True)
class Descent:
    """One clause on its way from an ancestor to a model, by their numbers."""

    term: int
    model: int
    origin: int
    hops: int
    first: int | None  # the first on the way that drops it


@dataclass(frozen=True, slots=True)
class Inherited:
    """A clause that a model inherits."""

    model: str
    declared: tuple[str, ...]
    outcome: str  # "dropped", "kept", "undeclared" or, of a licence that isn't known, "not judged"
    group: str  # of licences.drift.GROUPS
    clause: str  # its key, such as "limit.mau"
    ancestor: str  # the nearest that declares it
    ancestor_declared: tuple[str, ...]
    hops: int  # edges between the two
    first_dropped_by: str | None  # the first on the way whose licence drops it, this model included
    along: tuple[str, ...]  # the kinds of edges on the way
    way: str  # ``a > b (finetune) > c (quantized)``
    licence: str  # in which the clause stands
    section: str
    text: str
    source: str


def asked_for(audit: Audit, group: str | None = None) -> Descents:
    """The dropped clauses, those of one group, or for UNDECLARED what comes to models without a licence.

    Those of the most downloaded models come first.
    """
    rows = audit.undeclared if group == UNDECLARED else audit.dropped
    if group is not None and group != UNDECLARED:
        belongs = np.array([term.group == group for term in audit.terms.terms], bool)
        rows = rows.take(belongs[rows.term])
    downloads = np.nan_to_num(audit.ecosystem.downloads[rows.model], nan=-1.0)
    return rows.take(np.lexsort((rows.term, rows.model, -downloads)))


def inherited(audit: Audit, rows: Descents) -> Iterator[Inherited]:
    """The rows in words, in their order. The way of each is found by walking it back."""
    ways = _ways(audit, rows)
    columns = (rows.term, rows.model, rows.origin, rows.hops, rows.first, rows.along)
    for way, (term, model, origin, hops, first, along) in zip(
        ways, zip(*(column.tolist() for column in columns), strict=True), strict=True
    ):
        by = first if first != NOBODY else None
        yield worded(audit, Descent(term, model, origin, hops, by), kind_names(along), way)


def worded(said: Declarations, descent: Descent, along: tuple[str, ...], way: str) -> Inherited:
    """One descent in words."""
    names, terms = said.ecosystem.names, said.terms
    here, there = int(said.codes[descent.model]), int(said.codes[descent.origin])
    reason = terms.said(descent.term, there)
    return Inherited(
        model=names[descent.model],
        declared=terms.sets[here],
        outcome=OUTCOMES[Declared(int(terms.state[here]))]
        or ("dropped" if terms.dropped[descent.term, here] else "kept"),
        group=terms.terms[descent.term].group,
        clause=reason.clause,
        ancestor=names[descent.origin],
        ancestor_declared=terms.sets[there],
        hops=descent.hops,
        first_dropped_by=None if descent.first is None else names[descent.first],
        along=along,
        way=way,
        licence=reason.licence,
        section=reason.section,
        text=reason.text,
        source=reason.source,
    )


def _ways(audit: Audit, rows: Descents) -> list[str]:
    """The way of each row, a term at a time: what a walk needs is as large as the graph."""
    found = [""] * len(rows)
    for term in np.unique(rows.term).tolist():
        ways = Ways(audit, term)
        for at in np.flatnonzero(rows.term == term).tolist():
            model, origin, hops = int(rows.model[at]), int(rows.origin[at]), int(rows.hops[at])
            found[at] = way_words(audit.ecosystem, ways.back(model, hops), origin, hops)
    return found
