"""What licences say of the use that is asked: each check's verdict, together the worst.

What a model's makers exclude beyond its licence narrows it, and nothing that they claim widens it.
An engineering reading of clauses, not legal advice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ..catalogue.permissions import NON_COMMERCIAL
from ..licences.check import check
from ..licences.verdicts import Judged, Relation, Verdict
from .candidates import Candidate
from .choice import Terms, Unmet
from .wanted import Wanted

COMMERCIAL = "commercial use"


def requirements(wanted: Wanted) -> Iterator[str]:
    """The names of the checks that are asked."""
    if wanted.commercial:
        yield COMMERCIAL
    if wanted.licence_into is not None:
        yield f"licence into {wanted.licence_into}"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is found of one licence with its restrictions."""

    unmet: tuple[Unmet, ...]
    terms: Terms | None


def opinions(wanted: Wanted) -> Callable[[Candidate], Opinion]:
    """The opinion on each model, made once for all that have the same licence and restrictions."""
    known: dict[tuple[str | None, tuple[str, ...]], Opinion] = {}

    def opinion(candidate: Candidate) -> Opinion:
        key = candidate.licence, candidate.restrictions
        if key not in known:
            known[key] = Opinion(tuple(unmet(candidate, wanted)), terms(candidate, wanted))
        return known[key]

    return opinion


def judged(candidate: Candidate, wanted: Wanted) -> tuple[tuple[str, Judged], ...]:
    """Each check that is asked, under the requirement's name."""
    facts = replace(wanted.facts, commercial=True) if wanted.commercial else wanted.facts
    return tuple(
        (name, check(None, candidate.licence, Relation.COMMERCIAL_USE, facts))
        if name == COMMERCIAL
        else (name, check(wanted.licence_into, candidate.licence, wanted.relation, facts))
        for name in requirements(wanted)
    )


def unmet(candidate: Candidate, wanted: Wanted) -> Iterator[Unmet]:
    """The asked checks that the licence does not pass; compatible and conditional pass."""
    for requirement, answer in judged(candidate, wanted):
        if candidate.licence is None:
            yield Unmet(requirement, known=False, reason="no licence is declared")
        elif answer.verdict in (Verdict.INCOMPATIBLE, Verdict.UNKNOWN):
            known = answer.verdict is Verdict.INCOMPATIBLE
            yield Unmet(requirement, known, f"{candidate.licence}: {_worst(answer)}")
        elif NON_COMMERCIAL in candidate.restrictions:
            known = requirement == COMMERCIAL
            left = "" if known else f", and {wanted.licence_into} would allow it"
            reason = f"its makers exclude commercial use, whatever {candidate.licence} says{left}"
            yield Unmet(requirement, known, reason)


def terms(candidate: Candidate, wanted: Wanted) -> Terms | None:
    """The verdicts of a model that passes, with what they hold on; None where nothing was asked."""
    found = judged(candidate, wanted)
    if not found:
        return None
    order = list(Verdict)
    verdicts = [answer.verdict for _, answer in found]
    restricted = [f"keep to the makers' restriction: {each}" for each in candidate.restrictions]
    worst = max((*verdicts, *(Verdict.CONDITIONAL for _ in restricted)), key=order.index)
    conditions = dict.fromkeys((*(need for _, answer in found for need in answer.needs), *restricted))
    reasons = [
        (order.index(reason.effect), f"{requirement}: {_said(reason.licence, reason.section)}{reason.text}")
        for requirement, answer in found
        for reason in answer.reasons
    ]
    ordered = dict.fromkeys(text for _, text in sorted(reasons, key=lambda each: -each[0]))
    return Terms(str(worst), tuple(conditions), tuple(ordered), found[0][1].data_version)


def _worst(answer: Judged) -> str:
    """The reason for the verdict, with its section."""
    for reason in answer.reasons:
        if reason.effect is answer.verdict:
            return f"{f'{reason.section}: ' if reason.section else ''}{reason.text}"
    return "no clause decides" if answer.verdict is Verdict.UNKNOWN else str(answer.verdict)


def _said(licence: str, section: str) -> str:
    words = " ".join(filter(None, (licence, section)))
    return f"{words}: " if words else ""
