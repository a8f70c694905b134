"""What a licence check answers, and what a licence says, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ..licences.check import DISCLAIMER
from ..licences.clauses import Clause
from ..licences.explanation import Explanation
from ..licences.identifiers import UNMAPPED, named, near
from ..licences.verdicts import Judged, Reason
from .listing import shown, table
from .text import terminal

REASONS = {
    "effect": lambda reason: reason.effect.value,
    "licence": lambda reason: reason.licence,
    "clause": lambda reason: " ".join(filter(None, (reason.clause, reason.section))),
    "what it says": lambda reason: reason.text,
}
CLAUSES = {
    "clause": lambda clause: clause.key,
    "value": lambda clause: _value(clause),
    "section": lambda clause: clause.section,
    "what it says": lambda clause: clause.text,
}


def judged(found: Judged) -> str:
    """The verdict, the clauses behind it, what is needed, and from where it was read."""
    asked = terminal(f"{found.relation}: {_side(found.inbound)} into {_side(found.outbound)}")
    lines = [f"{found.verdict} ({asked})"]
    if found.chosen is not None:
        lines.append(f"as {terminal(found.chosen)}")
    lines.append(shown(table(found.reasons, REASONS)).rstrip("\n"))
    lines += [terminal(line) for side in (found.inbound, found.outbound) for line in _meant(side)]
    if found.needs:
        lines += ["needs:", *(f"  - {terminal(need)}" for need in found.needs)]
    lines += (
        [f"read from: {'; '.join(_sources(found.reasons))}"] if any(r.source for r in found.reasons) else []
    )
    lines += [f"rule {found.rule}; {found.data_version}", DISCLAIMER]
    return "\n".join(lines) + "\n"


def explained(found: Explanation) -> str:
    """The clauses of a licence, and what it answers alone; for a name that isn't known, why."""
    lines = [terminal(line) for line in _heading(found)]
    if found.clauses:
        lines.append(shown(table(found.clauses, CLAUSES)).rstrip("\n"))
    if found.alone:
        lines += ["without facts or an outbound licence:"]
        lines += [f"  {relation}: {verdict}" for relation, verdict in found.alone]
    return "\n".join([*lines, DISCLAIMER]) + "\n"


def _heading(found: Explanation) -> Iterator[str]:
    if found.name:
        yield f"{found.asked}: {found.name} ({found.spdx}; {found.kind})"
        yield f"read from: {found.source}"
        return
    yield f"{found.asked or '(none)'}: {found.state}: {found.why}"
    if found.members:
        yield f"it may be: {', '.join(found.members)}; an answer is known where all agree"
    if found.near:
        yield f"did you mean {' or '.join(found.near)}?"


def _meant(side: str | None) -> list[str]:
    """What an unknown name on that side comes near to, as a question."""
    resembled = near(side) if side and named(side).state == UNMAPPED else ()
    return [f"{side}: did you mean {' or '.join(resembled)}?"] if resembled else []


def _side(licence: str | None) -> str:
    return "no licence named" if licence is None else licence or "(none)"


def _sources(reasons: tuple[Reason, ...]) -> list[str]:
    return [
        terminal(source) for source in dict.fromkeys(reason.source for reason in reasons if reason.source)
    ]


def _value(clause: Clause) -> str:
    if isinstance(clause.value, tuple):
        return ", ".join(clause.value)
    if isinstance(clause.value, bool):
        return "yes" if clause.value else "no"
    return f"{clause.value:,}" if isinstance(clause.value, int) else clause.value
