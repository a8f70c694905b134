"""What one model inherits of licences: each clause, the way that it took, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ..licences.drift import members
from ..licences.identifiers import named
from .ecosystem import Ecosystem
from .kinds import ALL, View
from .licence_above import Above
from .licence_findings import Descent, Inherited, worded
from .licence_terms import Declarations, Declared, declarations, keeps_term
from .licence_ways import kind_between, way_words

# What a model on the way does with a clause, where what it declares doesn't say.
DOES = {Declared.READ: "", Declared.UNREAD: "isn't known", Declared.MISSING: "declares nothing"}


@dataclass(frozen=True, slots=True)
class Step:
    """A model on the way of a clause."""

    model: str
    made_by: str | None  # the kind of the edge from the one before
    declared: tuple[str, ...]
    does: str  # "has it", "keeps it", "drops it", or of DOES


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of an inherited clause."""

    inherited: Inherited
    steps: tuple[Step, ...]  # from the ancestor that has it to the model
    kept_by: tuple[str, ...]  # the model's licences that keep it
    would_keep: tuple[str, ...]  # licences that keep it: the ancestor's, and what its copyleft allows


@dataclass(frozen=True, slots=True)
class Explained:
    """One model of an audit."""

    model: str
    view: str
    declared: tuple[str, ...]
    why_unknown: str  # why what it declares isn't known; "" where it is
    ancestors: int
    ancestors_unknown: int  # of those, whose licence isn't known or declared
    fates: tuple[Fate, ...]
    would_keep_all: tuple[str, ...]  # of the licences that ancestors declare, those that keep every clause


def explained(ecosystem: Ecosystem, model: int, view: View = ALL) -> Explained:
    """What ``model`` inherits along the edges of ``view``: the findings of ``audit``, and what is kept."""
    said = declarations(ecosystem)
    terms, code = said.terms, int(said.codes[model])
    above = Above(ecosystem, model, view)
    over = said.codes[above.models]
    found = {term: above.way(terms.carried[term][over]) for term in range(len(terms.terms))}
    ways = {term: way for term, way in found.items() if way}
    return Explained(
        model=ecosystem.names[model],
        view=view.name,
        declared=terms.sets[code],
        why_unknown="" if terms.is_read[code] else _why_unknown(terms.sets[code]),
        ancestors=len(over),
        ancestors_unknown=int(np.count_nonzero(~terms.is_read[over])),
        fates=tuple(_fate(said, term, way) for term, way in ways.items()),
        would_keep_all=_would_keep_all(said, ways),
    )


def _fate(said: Declarations, term: int, way: list[int]) -> Fate:
    """Of a term that went ``way``, which leads back from the model."""
    model, origin, hops = way[0], way[-1], len(way) - 1
    dropping = [each for each in reversed(way[:-1]) if said.terms.dropped[term, said.codes[each]]]
    steps = tuple(_steps(said, term, way[::-1]))
    along = tuple(sorted({step.made_by for step in steps if step.made_by}))
    descent = Descent(term, model, origin, hops, dropping[0] if dropping else None)
    told = worded(said, descent, along, way_words(said.ecosystem, way, origin, hops))
    kept_by = said.terms.kept_by(term, int(said.codes[model]))
    return Fate(
        inherited=told,
        steps=steps,
        kept_by=tuple(licence.identifier for licence in kept_by),
        would_keep=tuple(sorted(said.terms.terms[term].allowed)) or (told.licence,),
    )


def _steps(said: Declarations, term: int, way: list[int]) -> Iterator[Step]:
    ecosystem, terms = said.ecosystem, said.terms
    for before, model in zip([None, *way], way, strict=False):
        code = int(said.codes[model])
        does = "has it" if before is None else DOES[Declared(int(terms.state[code]))]
        if not does:
            does = "drops it" if terms.dropped[term, code] else "keeps it"
        made_by = None if before is None else kind_between(ecosystem, before, model)
        yield Step(ecosystem.names[model], made_by, terms.sets[code], does)


def _would_keep_all(said: Declarations, ways: Mapping[int, list[int]]) -> tuple[str, ...]:
    """Of the licences that the clauses come from, those that keep every one of them."""
    terms = [said.terms.terms[term] for term in ways]
    origins = {int(said.codes[way[-1]]) for way in ways.values()}
    candidates = [licence for code in sorted(origins) for licence in said.terms.licences[code]]
    keeping = (each for each in candidates if all(keeps_term(term, each) for term in terms))
    return tuple(dict.fromkeys(licence.identifier for licence in keeping))


def _why_unknown(names: tuple[str, ...]) -> str:
    told = [named(name).why or f"clauses of {name} weren't read" for name in names if not members(name)]
    return "; ".join(told) or "no licence is declared"
