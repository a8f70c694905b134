"""Two sets of weights become one: symmetric, what a release under either of the licences makes of it."""

from __future__ import annotations

from .clauses import Clause, Licence
from .combine import RANK, Answer, Finding, answer, said, unsaid
from .derivatives import release
from .verdicts import Context, Verdict

BAN = "limit.no_improve_other_models"
ONE_AGREEMENT = {"flow_down", "limit.nc"}  # what another agreement alone lacks, and both together may not


def merge(one: Licence | None, other: Licence, context: Context) -> Answer:
    """The merged weights have to satisfy both licences; ``chosen`` is the one that they go out under.

    Where neither may hold both and no clause closes either to further terms, whether both agreements can
    apply at once isn't known.
    """
    if one is None:
        return release(one, other, context)
    first, second = sorted((one, other), key=lambda each: each.identifier)
    if first == second:
        return _renamed(release(first, second, context))
    under = [(each, _both(each, (first, second), context)) for each in (first, second)]
    chosen, best = min(under, key=lambda pair: RANK[pair[1].verdict])
    if best.verdict is Verdict.INCOMPATIBLE:
        return _neither(first, second, best)
    bans = [ban for each in (first, second) if (ban := each.clause(BAN)) is not None]
    findings = [Finding(reason) for reason in best.reasons]
    if len(bans) == 2:
        findings += [said(ban, Verdict.UNKNOWN) for ban in bans]
    worst = max(RANK[each.verdict] for _, each in under)
    if RANK[best.verdict] < worst and worst >= RANK[Verdict.UNKNOWN]:
        need = f"release the merged weights under {chosen.identifier}, which alone of the two may hold both"
        findings.append(unsaid(chosen.identifier, "the other may not hold both", Verdict.COMPATIBLE, need))
    told = answer("merge", findings)
    needs = tuple(dict.fromkeys((*told.needs, *best.needs)))
    return Answer(told.verdict, told.reasons, needs, "merge", chosen.identifier)


def _both(under: Licence, parts: tuple[Licence, Licence], context: Context) -> Answer:
    found = [release(under, part, context) for part in parts]
    told = answer("merge", [Finding(reason) for each in found for reason in each.reasons])
    needs = tuple(dict.fromkeys(need for each in found for need in each.needs))
    return Answer(told.verdict, told.reasons, needs, "merge")


def _neither(first: Licence, second: Licence, best: Answer) -> Answer:
    forbidden = {reason.clause for reason in best.reasons if reason.effect is Verdict.INCOMPATIBLE}
    if any(map(_closed, (first, second))) or forbidden - ONE_AGREEMENT:
        return _renamed(best)
    names = f"{first.identifier} nor {second.identifier}"
    text = f"neither {names} alone may hold both, and no clause says whether both may apply at once"
    flows = [flow for each in (first, second) if (flow := each.clause("flow_down")) is not None]
    return answer("merge", [unsaid(f"{first.identifier}, {second.identifier}", text), *map(_open, flows)])


def _closed(licence: Licence) -> bool:
    """Whether it keeps every other licence's terms out of a derivative, or derivatives from being shared."""
    keys = ("limit.nd", "limit.no_further_restrictions")
    return licence.kind == "code" or any(licence.clause(key) is not None for key in keys)


def _open(flow: Clause) -> Finding:
    return said(flow, Verdict.UNKNOWN)


def _renamed(found: Answer) -> Answer:
    return Answer(found.verdict, found.reasons, found.needs, "merge")
