"""Which licence clauses descend, and what each declared set of licences does with them.

The clauses are those of ``registry.licences.drift.GROUPS``. A set carries a clause where every licence that
it may mean has it, and keeps an inherited one where any of them has it: ``["mit", "gpl-3.0"]`` leaves the
choice, so it hands on no copyleft, and keeps that of GPL-3.0. ``MIT AND GPL-3.0`` leaves none, and hands it
on. Copyleft is a term of its own for each set of licences that may follow. A set with a licence that isn't
known carries nothing, and isn't judged.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...licences.clauses import Licence
from ...licences.drift import GROUPS, inherited, keeps, members, successors
from ...licences.identifiers import MISSING, named
from ...licences.verdicts import Reason
from ..ecosystem import Ecosystem

Ids = NDArray[np.int32]
Marks = NDArray[np.bool_]

KEYS = [key for keys in GROUPS.values() for key in keys]
MOST = 500  # sets of licences that may follow a copyleft which are told apart; a set beyond isn't judged


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


class Meant(NamedTuple):
    """What a declared set stands for."""

    identifiers: tuple[str, ...]  # of its licences; none where one isn't known
    binding: tuple[tuple[str, Reason], ...]  # the clauses that it hands on, by key


NOT_KNOWN = Meant((), ())


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
        found: Marks = self.state == Declared.READ
        return found

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
    meant = [_meant(names) for names in sets]
    distinct = dict(meant)
    known = _told_apart(distinct)
    which = [key if key in known else NOT_KNOWN for key, _ in meant]
    terms = sorted(
        {term for clauses in known.values() for term in clauses},
        key=lambda term: (KEYS.index(term.key), sorted(term.allowed)),
    )
    place = {key: at for at, key in enumerate(known)}
    column = np.array([place[key] for key in which], np.int64)
    return Terms(
        sets=tuple(sets),
        licences=tuple(distinct.get(key, ()) for key in which),
        state=np.array([_state(*each) for each in zip(sets, which, strict=True)], np.int8),
        terms=tuple(terms),
        clauses=tuple({term.key: reason for term, reason in known[key].items()} for key in which),
        carried=_table(terms, [clauses.keys() for clauses in known.values()])[:, column],
        dropped=_dropped(terms, [distinct.get(key, ()) for key in known])[:, column],
    )


def keeps_term(term: Term, licence: Licence) -> bool:
    """Whether a work under ``licence`` keeps the term."""
    return licence.identifier in term.allowed if term.allowed else keeps((licence,), term.key, ())


def _meant(names: tuple[str, ...]) -> tuple[Meant, tuple[Licence, ...]]:
    """What a declared set stands for: sets that say the same in other words are the same."""
    licences = members(*names)
    binding = {clause: finding.reason for clause, finding in inherited(*names).items()}
    return Meant(tuple(licence.identifier for licence in licences), tuple(binding.items())), licences


def _told_apart(distinct: Mapping[Meant, tuple[Licence, ...]]) -> dict[Meant, dict[Term, Reason]]:
    """The terms that each set of known licences hands on; sets with a copyleft beyond MOST are left out."""
    found: dict[Meant, dict[Term, Reason]] = {NOT_KNOWN: {}}
    families: set[Term] = set()
    for key, licences in distinct.items():
        terms = {_term(clause, licences): reason for clause, reason in key.binding}
        copyleft = {term for term in terms if term.allowed}
        if len(families | copyleft) <= MOST:
            families |= copyleft
            found[key] = terms
    return found


def _term(key: str, licences: tuple[Licence, ...]) -> Term:
    group = next(group for group, keys in GROUPS.items() if key in keys)
    return Term(key, group, successors(licences) if key == "copyleft" else frozenset())


def _dropped(terms: Sequence[Term], sets: Sequence[tuple[Licence, ...]]) -> Marks:
    """Which terms none of a set's licences keeps, bool[k, sets]; none of a set without licences."""
    known = {licence.identifier: licence for licences in sets for licence in licences}
    kept = {name: np.array([keeps_term(term, each) for term in terms], bool) for name, each in known.items()}
    table = np.zeros((len(terms), len(sets)), bool)
    for at, licences in enumerate(sets):
        if licences:
            table[:, at] = ~np.any([kept[licence.identifier] for licence in licences], axis=0)
    return table


def _table(terms: Sequence[Term], holding: Sequence[Collection[Term]]) -> Marks:
    """Which of ``holding`` has which term, bool[k, sets]."""
    place = {term: at for at, term in enumerate(terms)}
    table = np.zeros((len(terms), len(holding)), bool)
    for at, each in enumerate(holding):
        table[[place[term] for term in each], at] = True
    return table


def _state(names: tuple[str, ...], meant: Meant) -> Declared:
    if all(named(name).state == MISSING for name in names):
        return Declared.MISSING
    return Declared.READ if meant.identifiers else Declared.UNREAD
