"""The one order of verdicts, and what several answers make together.

incompatible > unknown > conditional > compatible: AND takes the worst, OR the best with its branch named, and
readings of one name that differ make it unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .clauses import Clause
from .verdicts import Reason, Verdict

RANK = {verdict: rank for rank, verdict in enumerate(Verdict)}  # the larger the worse


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason, and the fact or duty that comes with it ("" for none)."""

    reason: Reason
    need: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict on two single licences, or on a part of an expression."""

    verdict: Verdict
    reasons: tuple[Reason, ...]  # the worst first
    needs: tuple[str, ...]
    rule: str
    chosen: str | None = None


def said(clause: Clause, effect: Verdict, text: str = "", need: str = "") -> Finding:
    """What a clause does to the verdict; ``text`` in place of the clause's own."""
    return Finding(
        Reason(clause.licence, clause.key, effect, text or clause.text, clause.section, clause.source), need
    )


def unsaid(licence: str, text: str, effect: Verdict = Verdict.UNKNOWN, need: str = "") -> Finding:
    """A finding that no clause stands behind; never an incompatible one."""
    if effect is Verdict.INCOMPATIBLE:
        raise ValueError(f"incompatible without a clause: {licence}: {text}")
    return Finding(Reason(licence, "", effect, text), need)


def answer(rule: str, findings: Iterable[Finding]) -> Answer:
    """The worst of the findings; without one nothing was decided, which is unknown."""
    found = list(dict.fromkeys(findings)) or [unsaid("", "no clause decides")]
    found.sort(key=lambda each: -RANK[each.reason.effect])
    reasons = [each.reason for each in found]
    needs = tuple(dict.fromkeys(each.need for each in found if each.need))
    return Answer(reasons[0].effect, tuple(reasons), needs, rule)


def every(answers: Sequence[Answer]) -> Answer:
    """AND: the worst, with the reasons of all."""
    if len(answers) == 1:
        return answers[0]
    worst = max(answers, key=lambda each: RANK[each.verdict])
    chosen = [each.chosen for each in answers if each.chosen]
    return replace(
        _joined(answers, worst.verdict, worst.rule), chosen=" AND ".join(dict.fromkeys(chosen)) or None
    )


def either(branches: Sequence[tuple[str, Answer]]) -> Answer:
    """OR: the best of the named branches, the first of equals; the name of the branch is ``chosen``."""
    name, best = min(branches, key=lambda branch: RANK[branch[1].verdict])
    if len(branches) == 1:
        return best
    return replace(best, chosen=best.chosen or name)


def common(readings: Sequence[tuple[str, Answer]], name: str, why: str) -> Answer:
    """What all readings of one name agree on, else unknown, with why each is what it is."""
    answers = [each for _, each in readings]
    if len(answers) == 1:
        return answers[0]
    if len({each.verdict for each in answers}) == 1:
        return _joined(answers, answers[0].verdict, answers[0].rule)
    listed = ", ".join(f"{reading}: {each.verdict}" for reading, each in readings)
    reason = Reason(name, "", Verdict.UNKNOWN, f"{why}: {listed}")
    return Answer(Verdict.UNKNOWN, (reason,), (f"which one {name} is",), "readings")


def _joined(answers: Sequence[Answer], verdict: Verdict, rule: str) -> Answer:
    reasons = dict.fromkeys(reason for each in answers for reason in each.reasons)
    needs = dict.fromkeys(need for each in answers for need in each.needs)
    ordered = sorted(reasons, key=lambda reason: -RANK[reason.effect])
    return Answer(verdict, tuple(ordered), tuple(needs), rule)
