"""Which licence clauses descend, and what each declared set of licences does with them.

The clauses are those of ``registry.licences.drift.GROUPS``. A set carries a clause where every licence that
it may mean has it, and keeps an inherited one where any of them has it: ``["mit", "gpl-3.0"]`` leaves the
choice, so it hands on no copyleft, and keeps that of GPL-3.0. Copyleft is a term of its own for each set of
licences that may follow. A set with a licence that isn't known carries nothing, and isn't judged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from ..licences.clauses import Licence
from ..licences.drift import GROUPS, inherited, keeps, members, successors
from ..licences.identifiers import MISSING, named
from ..licences.verdicts import Reason
from .ecosystem import Ecosystem

Ids = NDArray[np.int32]
Marks = NDArray[np.bool_]


class Declared(IntEnum):
    """What is known of what a model declares."""

    READ = 0  # clauses are known for every licence in the set
    UNREAD = 1  # ``other``, ``unknown``, a text that wasn't read, a name that isn't known
    MISSING = 2  # nothing is declared


@dataclass(frozen=True, slots=True)
class Term:
    """One clause that descends."""

    key: str  # of GROUPS
    group: str
    allowed: frozenset[str]  # for copyleft: the licences that keep it; else empty


@dataclass(frozen=True, slots=True)
class Terms:
    """k terms against s declared sets."""

    sets: tuple[tuple[str, ...], ...]  # s, as declared
    licences: tuple[tuple[Licence, ...], ...]  # s: what each may mean; empty where it isn't READ
    state: NDArray[np.int8]  # int8[s]: of Declared
    terms: tuple[Term, ...]  # k, in the order of GROUPS
    clauses: tuple[Mapping[str, Reason], ...]  # s: by key, the clauses that a set hands on
    carried: Marks  # bool[k, s]: whether a model with that set hands the term on
    dropped: Marks  # bool[k, s]: whether it lacks the term where it inherits it; False where it isn't READ

    @property
    def is_read(self) -> Marks:
        """bool[s]: whether clauses are known for every licence in the set."""
        return self.state == Declared.READ

    def said(self, term: int, code: int) -> Reason:
        """The words, section and source of a term in a set that carries it."""
        return self.clauses[code][self.terms[term].key]

    def kept_by(self, term: int, code: int) -> tuple[Licence, ...]:
        """The licences of the set that keep the term."""
        return tuple(licence for licence in self.licences[code] if keeps_term(self.terms[term], licence))


@dataclass(frozen=True, slots=True)
class Declarations:
    """What each model of an ecosystem declares, and what that does with the terms."""

    ecosystem: Ecosystem
    terms: Terms
    codes: Ids  # int32[n]: the declared set of each model


def declarations(ecosystem: Ecosystem) -> Declarations:
    """What the models of ``ecosystem`` declare."""
    trait = ecosystem.trait("licences")
    sets = [trait.of_set(code) for code in range(len(trait.starts) - 1)]
    return Declarations(ecosystem, terms_of(sets), trait.codes)


def terms_of(sets: Sequence[tuple[str, ...]]) -> Terms:
    """The terms that any of the declared sets carries, and what each set does with them."""
    meant = tuple(members(*names) for names in sets)
    clauses = [{key: finding.reason for key, finding in inherited(licences).items()} for licences in meant]
    handed = [_terms(*each) for each in zip(clauses, meant, strict=True)]
    keys = [key for keys in GROUPS.values() for key in keys]
    terms = sorted(
        {term for each in handed for term in each},
        key=lambda term: (keys.index(term.key), sorted(term.allowed)),
    )
    shape = len(terms), len(sets)
    carried = np.array([[term in each for each in handed] for term in terms], bool).reshape(shape)
    lacks = [
        [bool(licences) and not any(keeps_term(term, licence) for licence in licences) for licences in meant]
        for term in terms
    ]
    return Terms(
        sets=tuple(sets),
        licences=meant,
        state=np.array([_state(*each) for each in zip(sets, meant, strict=True)], np.int8),
        terms=tuple(terms),
        clauses=tuple(clauses),
        carried=carried,
        dropped=np.array(lacks, bool).reshape(shape),
    )


def keeps_term(term: Term, licence: Licence) -> bool:
    """Whether a work under ``licence`` keeps the term."""
    return licence.identifier in term.allowed if term.allowed else keeps((licence,), term.key, ())


def _terms(clauses: Mapping[str, Reason], licences: tuple[Licence, ...]) -> frozenset[Term]:
    groups = {key: group for group, keys in GROUPS.items() for key in keys}
    return frozenset(
        Term(key, groups[key], successors(licences) if key == "copyleft" else frozenset()) for key in clauses
    )


def _state(names: tuple[str, ...], licences: tuple[Licence, ...]) -> Declared:
    if all(named(name).state == MISSING for name in names):
        return Declared.MISSING
    return Declared.READ if licences else Declared.UNREAD
