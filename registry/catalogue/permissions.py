"""What a model may be used for: derived from its licence, narrowed by its makers, widened by nobody.

An engineering reading of clauses, not legal advice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..licences.verdicts import Context, Judged, Reason, Relation, Verdict
from .model_record import ModelRecord

NON_COMMERCIAL = "non-commercial"  # a restriction
COMMERCIAL = "commercial use"  # a claim
ASKED = (Relation.COMMERCIAL_USE, Relation.SERVE_API, Relation.REDISTRIBUTE)
_FOR_MONEY = Context(commercial=True)


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing that a model may be used for, or not, and what was claimed to the contrary."""

    judged: Judged
    contradicted: str | None = None  # the claim that it contradicts, in words

    @property
    def verdict(self) -> Verdict:
        """Of the licence and the makers' restrictions together."""
        return self.judged.verdict

    @property
    def why(self) -> str:
        """The worst reason in one sentence, with its licence and section."""
        if not self.judged.reasons:
            return ""
        reason = self.judged.reasons[0]
        where = " ".join(filter(None, (reason.licence, reason.section)))
        return f"{reason.text} ({where})" if where else reason.text

    @property
    def conditions(self) -> str:
        """What has to hold where it is conditional, else the duties; empty where there are none."""
        return "; ".join(self.judged.needs)


def permissions(record: ModelRecord) -> tuple[Permission, ...]:
    """What the record's licence and restrictions allow, one for each of ASKED."""
    said = record.licence, record.restrictions, record.claims
    return tuple(permission(*said, relation) for relation in ASKED)


def permission(
    licence: str | None,
    restrictions: Sequence[str] = (),
    claims: Sequence[str] = (),
    relation: Relation = Relation.COMMERCIAL_USE,
) -> Permission:
    """Whether ``relation`` is allowed; of commercial use where it is that, else of any use."""
    from ..licences.check import check

    commercial = relation is Relation.COMMERCIAL_USE
    judged = check(None, licence, relation, _FOR_MONEY if commercial else Context())
    for restriction in restrictions:
        judged = _narrowed(judged, restriction)
    contradicts = commercial and COMMERCIAL in claims and judged.verdict is Verdict.INCOMPATIBLE
    return Permission(judged, _contradiction(licence, restrictions) if contradicts else None)


def _narrowed(judged: Judged, restriction: str) -> Judged:
    """The verdict with what the makers exclude beyond the licence; never a better one."""
    if restriction == NON_COMMERCIAL and judged.relation is Relation.COMMERCIAL_USE:
        effect, text = Verdict.INCOMPATIBLE, "its makers exclude commercial use, whatever the licence says"
    else:
        effect, text = Verdict.CONDITIONAL, f"its makers restrict its use beyond the licence: {restriction}"
    reason = Reason("", f"restriction.{restriction}", effect, text)
    order = list(Verdict)
    worse = order.index(effect) > order.index(judged.verdict)
    reasons = (reason, *judged.reasons) if worse else (*judged.reasons, reason)
    needs = (
        judged.needs
        if effect is Verdict.INCOMPATIBLE
        else (*judged.needs, f"keep to the makers' restriction: {restriction}")
    )
    return replace(judged, verdict=effect if worse else judged.verdict, reasons=reasons, needs=needs)


def _contradiction(licence: str | None, restrictions: Sequence[str]) -> str:
    if NON_COMMERCIAL in restrictions:
        return "declared for commercial use, which its makers exclude elsewhere: the restriction holds"
    return f"declared for commercial use, which {licence} does not allow: the licence holds"
