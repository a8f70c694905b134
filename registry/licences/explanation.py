"""What a licence's name refers to and what its clauses say, for a person; for what isn't known, why."""

from __future__ import annotations

from dataclasses import dataclass

from .clauses import Clause, Licence, licences
from .expressions import ExpressionError, Name, names, tree
from .identifiers import KNOWN, UNMAPPED, Named, named, near
from .verdicts import Relation, Verdict


@dataclass(frozen=True, slots=True)
class Explanation:
    """One licence as ``fitment licence explain`` shows it."""

    asked: str
    state: str  # of identifiers.py, or "expression"
    why: str  # where it isn't known
    near: tuple[str, ...]
    members: tuple[str, ...]  # what it may stand for
    name: str = ""
    spdx: str = ""
    kind: str = ""
    source: str = ""
    clauses: tuple[Clause, ...] = ()  # what it grants first, then limits, duties, what flows down
    alone: tuple[tuple[Relation, Verdict], ...] = ()  # what it answers without an outbound licence


GROUPS = ("grant.", "limit.", "obligation.", "flow_down", "scope.", "revocable")
ALONE = (Relation.COMMERCIAL_USE, Relation.SERVE_API, Relation.REPO_LOADS_WEIGHTS, Relation.REDISTRIBUTE)


def explain(asked: str) -> Explanation:
    """What is known of one name; an expression isn't one, and its parts are what to ask for."""
    refers = named(asked)
    if refers.state == UNMAPPED and (parts := _parts(asked)):
        return Explanation(
            asked, "expression", f"an expression: explain {', '.join(parts)}", (), (), alone=_alone(asked)
        )
    if refers.state != KNOWN:
        return _open(refers)
    licence = licences().get(refers.members[0])
    if licence is None:
        why = f"{refers.members[0]} is in SPDX's list, and none of its clauses has been read"
        return Explanation(asked, refers.state, why, (), refers.members, spdx=refers.members[0])
    return Explanation(
        asked,
        refers.state,
        "",
        (),
        refers.members,
        name=licence.name,
        spdx=licence.spdx,
        kind=licence.kind,
        source=licence.source,
        clauses=_ordered(licence),
        alone=_alone(asked),
    )


def _open(refers: Named) -> Explanation:
    resembled = near(refers.asked) if refers.state == UNMAPPED else ()
    answers = _alone(refers.asked) if refers.members else ()
    return Explanation(refers.asked, refers.state, refers.why, resembled, refers.members, alone=answers)


def _parts(asked: str) -> tuple[str, ...]:
    try:
        found = tree(asked)
    except ExpressionError:
        return ()
    return () if isinstance(found, Name) and found.exception is None else names(found)


def _ordered(licence: Licence) -> tuple[Clause, ...]:
    def place(clause: Clause) -> int:
        return next(at for at, start in enumerate(GROUPS) if clause.key.startswith(start))

    return tuple(sorted(licence.clauses, key=place))


def _alone(asked: str) -> tuple[tuple[Relation, Verdict], ...]:
    from .check import check

    return tuple((relation, check(None, asked, relation).verdict) for relation in ALONE)
