"""What is lost where a work under one licence is declared to be under another: the clauses that it lacks."""

from __future__ import annotations

import functools
from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .clauses import Licence, licences
from .combine import Finding, said
from .expressions import Both, ExpressionError, Name, Tree, names, tree
from .identifiers import named
from .verdicts import Reason, Verdict

GROUPS: Mapping[str, tuple[str, ...]] = {
    "lost_nc": ("limit.nc",),
    "lost_rail": ("limit.field_of_use", "limit.no_improve_other_models", "limit.guardrails", "limit.hosting"),
    "lost_copyleft": ("copyleft", "limit.nd"),
    "lost_threshold": ("limit.mau", "limit.revenue", "limit.territory"),
    "lost_naming": ("obligation.name_prefix", "obligation.built_with"),
}
COPYLEFT = ("same_licence", "same_licence_on_network")


@dataclass(frozen=True, slots=True)
class Lost:
    """One clause of the inbound licence that the outbound one doesn't have."""

    group: str  # of GROUPS
    reason: Reason


@dataclass(frozen=True, slots=True)
class Drift:
    """What is lost on the way from ``inbound`` to ``outbound``; ``known`` is False where one isn't known."""

    outbound: str
    inbound: str
    known: bool
    lost: tuple[Lost, ...]


def drift(outbound: str, inbound: str) -> Drift:
    """The clauses of ``inbound`` minus those of ``outbound``, in the groups of GROUPS.

    A clause of a name with several readings, or of a choice, counts where every one has it; of ``A AND B``
    where either has it. An outbound one is kept where any has it. Nothing is lost between names that aren't
    known: ``known`` says so.
    """
    there, here = members(inbound), members(outbound)
    if not there or not here:
        return Drift(outbound, inbound, False, ())
    descending = inherited(inbound)
    lost = tuple(
        Lost(group, descending[key].reason)
        for group, keys in GROUPS.items()
        for key in keys
        if key in descending and not keeps(here, key, there)
    )
    return Drift(outbound, inbound, True, lost)


def members(*names_or_expressions: str) -> tuple[Licence, ...]:
    """The licences that the names stand for, all of them together; none where one name isn't known."""
    found = [_members(text) for text in names_or_expressions]
    return tuple(licence for each in found for licence in each) if all(found) else ()


def inherited(*names_or_expressions: str) -> Mapping[str, Finding]:
    """By key, the clauses of GROUPS that a work under the names hands on; none where one name isn't known.

    Of several names, of an OR and of several readings those that every one has; of an AND those of any part.
    """
    if not members(*names_or_expressions):
        return {}
    found = _common([_descending(tree(text)) for text in names_or_expressions])
    return {key: found[key] for keys in GROUPS.values() for key in keys if key in found}


def keeps(here: tuple[Licence, ...], key: str, there: tuple[Licence, ...]) -> bool:
    """Whether a work under ``here`` keeps the clause that it has from one under ``there``.

    Copyleft is kept by the licence itself and by those that it allows; the rest by a clause of the key.
    """
    if key != "copyleft":
        return any(licence.clause(key) is not None for licence in here)
    allowed = successors(there)
    return any(licence.identifier in allowed for licence in here)


def successors(there: tuple[Licence, ...]) -> frozenset[str]:
    """The licences, by identifier, that keep the copyleft of ``there``: its own, and what these allow."""
    copyleft = [licence for licence in there if "copyleft" in _terms(licence)]
    allowed = {licence.identifier for licence in copyleft}
    for licence in copyleft:
        into = licence.value("flow_down.into")
        allowed |= set(into) if isinstance(into, tuple) else set()
    return frozenset(allowed)


def _descending(asked: Tree) -> Mapping[str, Finding]:
    if isinstance(asked, Name):
        return _of_name(asked.licence)
    parts = [_descending(part) for part in asked.parts]
    return dict(ChainMap(*map(dict, parts))) if isinstance(asked, Both) else _common(parts)


@functools.lru_cache(maxsize=4096)
def _of_name(name: str) -> Mapping[str, Finding]:
    return _common([_terms(licence) for licence in _named(name)])


def _common(found: Sequence[Mapping[str, Finding]]) -> Mapping[str, Finding]:
    first, *others = found
    return {key: finding for key, finding in first.items() if all(key in other for other in others)}


def _terms(licence: Licence) -> dict[str, Finding]:
    found = {clause.key: said(clause, Verdict.INCOMPATIBLE) for clause in licence.clauses}
    flow = licence.clause("flow_down")
    if flow is None or flow.value not in COPYLEFT or licence.kind == "model":
        return found
    if "limit.nd" not in found:  # what allows no derivatives has no terms for them
        found["copyleft"] = said(flow, Verdict.INCOMPATIBLE)
    return found


def _members(text: str) -> tuple[Licence, ...]:
    try:
        asked = names(tree(text))
    except ExpressionError:
        return ()
    meant = [_named(name) for name in asked]
    return tuple(licence for each in meant for licence in each) if all(meant) else ()


def _named(name: str) -> tuple[Licence, ...]:
    known, meant = licences(), named(name).members
    return tuple(known[member] for member in meant) if all(each in known for each in meant) else ()
