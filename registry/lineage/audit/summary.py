"""An audit of licences in numbers: models, clauses, pairs of licences, and what could not be judged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...licences.drift import GROUPS
from ..kinds import ADAPTER
from .audit import UNTYPED_BIT, Audit
from .terms import Declared

Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class GroupCount:
    """What was dropped of one group of clauses."""

    group: str  # of licences.drift.GROUPS
    models: int
    clauses: int


@dataclass(frozen=True, slots=True)
class PairCount:
    """How many models drop a clause of one licence under another."""

    inherited: str  # what the nearest ancestor with the clause declares
    declared: str
    models: int


@dataclass(frozen=True, slots=True)
class SetCount:
    """How many models declare the same."""

    declared: str
    models: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One audit in numbers. The models with parents are: dropping, keeping, open, undeclared and unjudged."""

    view: str
    models: int
    with_parents: int  # in the view
    dropping: int  # declare a licence that drops a clause
    clauses: int  # that they drop, each once for a model
    derived: int  # of those, along fine-tunes, quantised copies and merges alone
    through_adapters: int  # through an adapter, and no edge without a kind
    through_untyped: int  # through an edge whose kind nobody said
    keeping: int  # drop nothing, and what all their ancestors declare is known
    open: int  # drop nothing that is known, below an ancestor whose licence isn't known or declared
    undeclared: int  # declare no licence
    undeclared_inheriting: int  # of those, inherit a clause
    unjudged: int  # declare a licence that isn't known
    unjudged_inheriting: int
    groups: tuple[GroupCount, ...]
    pairs: tuple[PairCount, ...]  # the most models first
    unknown: tuple[SetCount, ...]  # what the unjudged declare, likewise


def summary(audit: Audit) -> Summary:
    """The audit in numbers."""
    n, dropped = len(audit.ecosystem), audit.dropped
    edges = audit.ecosystem.edges
    child = _marked(n, edges.child[edges.mask(audit.view)])
    state = audit.terms.state[audit.codes]
    drops, below_unknown = _marked(n, dropped.model), _marked(n, audit.open.model)
    holds = child & (state == Declared.READ) & ~drops
    untyped, adapter = (dropped.along & bit != 0 for bit in (UNTYPED_BIT, ADAPTER))
    return Summary(
        view=audit.view.name,
        models=n,
        with_parents=_count(child),
        dropping=_count(drops),
        clauses=len(dropped),
        derived=_count(~untyped & ~adapter),
        through_adapters=_count(adapter & ~untyped),
        through_untyped=_count(untyped),
        keeping=_count(holds & ~below_unknown),
        open=_count(holds & below_unknown),
        undeclared=_count(child & (state == Declared.MISSING)),
        undeclared_inheriting=_count(_marked(n, audit.undeclared.model)),
        unjudged=_count(child & (state == Declared.UNREAD)),
        unjudged_inheriting=_count(_marked(n, audit.unjudged.model)),
        groups=tuple(_group(audit, group) for group in GROUPS),
        pairs=_pairs(audit),
        unknown=_sets(audit, child & (state == Declared.UNREAD)),
    )


def words(names: tuple[str, ...]) -> str:
    """A declared set as text; "" where nothing is declared."""
    return ", ".join(names)


def _group(audit: Audit, group: str) -> GroupCount:
    belongs = np.array([term.group == group for term in audit.terms.terms], bool)
    models = audit.dropped.model[belongs[audit.dropped.term]]
    return GroupCount(group, _count(_marked(len(audit.ecosystem), models)), len(models))


def _pairs(audit: Audit) -> tuple[PairCount, ...]:
    rows, sets = audit.dropped, audit.terms.sets
    once = np.unique(rows.model.astype(np.int64) * len(sets) + audit.codes[rows.origin])
    model, inherited = np.divmod(once, len(sets))
    found, models = np.unique(inherited * len(sets) + audit.codes[model], return_counts=True)
    order = np.argsort(-models, kind="stable")
    return tuple(
        PairCount(words(sets[pair // len(sets)]), words(sets[pair % len(sets)]), int(count))
        for pair, count in zip(found[order].tolist(), models[order], strict=True)
    )


def _sets(audit: Audit, which: Marks) -> tuple[SetCount, ...]:
    found, models = np.unique(audit.codes[which], return_counts=True)
    order = np.argsort(-models, kind="stable")
    return tuple(
        SetCount(words(audit.terms.sets[code]), int(count))
        for code, count in zip(found[order].tolist(), models[order], strict=True)
    )


def _marked(n: int, models: NDArray[np.int32]) -> Marks:
    marks = np.zeros(n, bool)
    marks[models] = True
    return marks


def _count(marks: Marks) -> int:
    return int(np.count_nonzero(marks))
