"""What one model inherits of licences: each clause, the way that it took, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ...licences.drift import members
from ...licences.identifiers import named
from ..ecosystem import Ecosystem
from ..kinds import ALL, View
from .above import Above
from .findings import Descent, Inherited, worded
from .terms import Declarations, Declared, declarations, keeps_term
from .ways import kind_between, way_words

Ids = NDArray[np.int32]

STEPS = 20
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
    steps: tuple[Step, ...]  # from the ancestor that has it to the model; of more than STEPS, the ends
    steps_left_out: int  # between them
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


@dataclass(frozen=True, slots=True)
class _Way:
    """Models from the one that is asked for back to the one that has the clause, and the edges between."""

    models: list[int]
    kinds: list[str]


def explained(ecosystem: Ecosystem, model: int, view: View = ALL) -> Explained:
    """What ``model`` inherits along the edges of ``view``: the findings of ``audit``, and what is kept."""
    said = declarations(ecosystem)
    terms, code = said.terms, int(said.codes[model])
    above = Above(ecosystem, model, view)
    over = said.codes[above.models]
    ways = _ways(said, above, over)
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


def _ways(said: Declarations, above: Above, over: Ids) -> dict[int, _Way]:
    """The way of each term that comes down; terms that the same ancestors carry share it."""
    found: dict[int, _Way] = {}
    known: dict[bytes, _Way] = {}
    for term, carried in enumerate(said.terms.carried):
        carry = carried[over]
        key = carry.tobytes()
        if key not in known:
            models = above.way(carry)
            kinds = [kind_between(said.ecosystem, parent, child) for child, parent in pairwise(models)]
            known[key] = _Way(models, kinds)
        if known[key].models:
            found[term] = known[key]
    return found


def _fate(said: Declarations, term: int, way: _Way) -> Fate:
    model, origin, hops = way.models[0], way.models[-1], len(way.kinds)
    down = np.array(way.models[-2::-1], np.int32)
    dropping = down[said.terms.dropped[term, said.codes[down]]]
    descent = Descent(term, model, origin, hops, int(dropping[0]) if len(dropping) else None)
    told = worded(
        *(said, descent, tuple(sorted(set(way.kinds)))),
        way_words(said.ecosystem, way.models, origin, hops),
    )
    places = range(hops, -1, -1)
    shown = [*places[: STEPS // 2], *places[-STEPS // 2 :]] if hops >= STEPS else places
    kept_by = said.terms.kept_by(term, int(said.codes[model]))
    return Fate(
        inherited=told,
        steps=tuple(_step(said, term, way, at) for at in shown),
        steps_left_out=hops + 1 - len(shown),
        kept_by=tuple(licence.identifier for licence in kept_by),
        would_keep=tuple(sorted(said.terms.terms[term].allowed)) or (told.licence,),
    )


def _step(said: Declarations, term: int, way: _Way, at: int) -> Step:
    model, terms = way.models[at], said.terms
    code = int(said.codes[model])
    name, declared = said.ecosystem.names[model], terms.sets[code]
    if at == len(way.kinds):
        return Step(name, None, declared, "has it")
    does = DOES[Declared(int(terms.state[code]))] or ("drops it" if terms.dropped[term, code] else "keeps it")
    return Step(name, way.kinds[at], declared, does)


def _would_keep_all(said: Declarations, ways: Mapping[int, _Way]) -> tuple[str, ...]:
    """Of the licences that the clauses come from, those that keep every one of them."""
    terms = [said.terms.terms[term] for term in ways]
    origins = {int(said.codes[way.models[-1]]) for way in ways.values()}
    candidates = [licence for code in sorted(origins) for licence in said.terms.licences[code]]
    keeping = (each for each in candidates if all(keeps_term(term, each) for term in terms))
    return tuple(dict.fromkeys(licence.identifier for licence in keeping))


def _why_unknown(names: tuple[str, ...]) -> str:
    told = [named(name).why or f"clauses of {name} weren't read" for name in names if not members(name)]
    beyond = "more sets of copyleft licences are declared than are told apart" if names else ""
    return "; ".join(told) or beyond or "no licence is declared"
