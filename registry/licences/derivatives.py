"""May a derivative be released under the outbound licence? Tuned weights, weights within another work, code.

What decides is how far the inbound licence flows down: public domain and notices go under anything, use
restrictions have to stay in the agreement, share-alike and what can't be sublicensed stay themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from . import osadl
from .clauses import Clause, Licence
from .combine import Answer, Finding, answer, said, unsaid
from .conditions import duties, name, thresholds
from .verdicts import Context, Reason, Verdict

# Terms of the inbound licence that an outbound one with "no further restrictions" doesn't bear.
FURTHER = (
    "limit.nc",
    "limit.field_of_use",
    "limit.mau",
    "limit.revenue",
    "limit.territory",
    "limit.guardrails",
)
FURTHER_TOO = (
    "limit.no_improve_other_models",
    "obligation.name_prefix",
    "obligation.built_with",
    "limit.hosting",
)
RESTRICTING = ("same_restrictions", "similar_restrictions")


def release(outbound: Licence | None, inbound: Licence, context: Context) -> Answer:
    """``finetune_release``, ``merge_into_one_work``: a derivative of weights goes out under ``outbound``."""
    return derivative("derivative", outbound, inbound, context, "derivatives")


def derivative(rule: str, outbound: Licence | None, inbound: Licence, context: Context, reach: str) -> Answer:
    """A work made from the inbound one, with the conditions that ``reach`` derivatives or outputs."""
    if _is_same(outbound, inbound) or inbound.value("flow_down") is None:
        return answer(rule, _terms(outbound, inbound, context, reach))
    told = None if outbound is None else _of_matrix(outbound, inbound)
    if told is not None:
        return answer(rule, told)
    return answer(rule, [*_flows(outbound, inbound), *_terms(outbound, inbound, context, reach)])


def _terms(outbound: Licence | None, inbound: Licence, context: Context, reach: str) -> Iterator[Finding]:
    modify = inbound.clause("grant.modify")
    share = inbound.clause("limit.nd")
    if share is not None:
        yield said(share, Verdict.INCOMPATIBLE)
    elif modify is None:
        yield unsaid(inbound.identifier, f"{inbound.identifier}: no clause is known that grants derivatives")
    else:
        yield said(modify, Verdict.COMPATIBLE if modify.value else Verdict.INCOMPATIBLE)
    if inbound.value("grant.redistribute") is False:
        yield said(_sure(inbound, "grant.redistribute"), Verdict.INCOMPATIBLE)
    yield from thresholds(inbound, context)
    yield from name(inbound, context, reach)
    yield from duties(inbound)
    if reach != "copies":
        yield from duties(inbound, reach)


def _flows(outbound: Licence | None, inbound: Licence) -> Iterator[Finding]:
    """What the inbound asks of the licence of its derivatives."""
    flow = _sure(inbound, "flow_down")
    if outbound is None:
        free = flow.value in ("none", "notice")
        need = (
            ""
            if free
            else f"release it on the terms of {inbound.identifier}, or name the licence (--outbound)"
        )
        yield said(flow, Verdict.COMPATIBLE if free else Verdict.CONDITIONAL, need=need)
        return
    yield _flow(outbound, inbound, flow)
    limit = inbound.clause("limit.nc")
    if limit is not None and outbound.clause("limit.nc") is None:
        text = (
            f"{outbound.identifier} would grant commercial use, which this licence keeps back: {limit.text}"
        )
        yield said(limit, Verdict.INCOMPATIBLE, text)
    closed = outbound.clause("limit.no_further_restrictions")
    further = next(
        (
            clause
            for key in (*FURTHER, *FURTHER_TOO)
            if (clause := inbound.clause(key)) is not None and outbound.clause(key) is None
        ),
        None,
    )
    if closed is not None and further is not None:
        text = (
            f"{closed.text} {inbound.identifier} has one ({further.section or further.key}): {further.text}"
        )
        yield said(closed, Verdict.INCOMPATIBLE, text)
        yield said(further, Verdict.INCOMPATIBLE)
    patent = inbound.clause("grant.patent")
    if closed is not None and closed.value == "patent_terms_too" and patent is not None:
        yield said(patent, Verdict.UNKNOWN, f"{closed.text} Whether this is one is disputed: {patent.text}")


def _flow(outbound: Licence, inbound: Licence, flow: Clause) -> Finding:
    if flow.value == "notice" and outbound.value("flow_down") == "none":
        need = f"keep the notices of {inbound.identifier}, which {outbound.identifier} asks nobody for"
        return said(flow, Verdict.CONDITIONAL, need=need)
    if flow.value in ("none", "notice"):
        return said(flow, Verdict.COMPATIBLE)
    into = inbound.clause("flow_down.into")
    if into is not None and isinstance(into.value, tuple) and outbound.identifier in into.value:
        return said(into, Verdict.COMPATIBLE)
    if flow.value == "own_terms":
        need = f"keep to {inbound.identifier} beside the terms of {outbound.identifier}: {flow.text}"
        return said(flow, Verdict.CONDITIONAL, need=need)
    if flow.value in RESTRICTING and outbound.value("flow_down") in RESTRICTING:
        same = outbound.value("limit.field_of_use") == inbound.value("limit.field_of_use")
        if same or flow.value == "similar_restrictions" or _may_add(outbound):
            need = f"the agreement has to hold the use restrictions of {inbound.identifier} too: {flow.text}"
            return said(flow, Verdict.CONDITIONAL, need=need)
    text = f"{outbound.identifier} doesn't carry this: {flow.text}"
    return said(flow, Verdict.INCOMPATIBLE, text)


def _may_add(outbound: Licence) -> bool:
    """Whether the licence lets derivatives have additional terms, so that two sets of restrictions fit in."""
    return outbound.value("grant.own_terms") is True


def _of_matrix(outbound: Licence, inbound: Licence) -> list[Finding] | None:
    """What OSADL says of two code licences, with the clause behind a no; None where it says nothing."""
    told = osadl.says(outbound.identifier, inbound.identifier)
    if told is None:
        return None
    return [
        matrix_finding(told, outbound.identifier, inbound.identifier, inbound, outbound),
        *duties(inbound),
    ]


def matrix_finding(
    told: osadl.Says, outbound: str, inbound: str, terms: Licence | None, others: Licence | None
) -> Finding:
    """The matrix's entry as a finding, on the flow-down clause of the inbound licence where that is known."""
    stamp = f"{osadl.SOURCE}, {osadl.matrix().timestamp[:10]}"
    if told is osadl.Says.UNKNOWN:
        return Finding(
            Reason(inbound, "", Verdict.UNKNOWN, f"{inbound} into {outbound} is contested", "", stamp)
        )
    if told is osadl.Says.CHECK_DEPENDENCY:
        text = f"{inbound} may be linked or combined with {outbound}, not inserted into it"
        need = f"keep the code under {inbound} apart from that under {outbound}"
        return Finding(Reason(inbound, "osadl", Verdict.CONDITIONAL, text, "", stamp), need)
    if told is osadl.Says.NO:
        flow = None if terms is None else terms.clause("flow_down")
        closed = None if others is None else others.clause("limit.no_further_restrictions")
        clause = flow if flow is not None and flow.value not in ("none", "notice") else closed or flow
        behind = f": {clause.text}" if clause is not None else ""
        where, key = ("", "osadl") if clause is None else (clause.section, clause.key)
        source = stamp if clause is None else f"{clause.source}; {stamp}"
        whose = inbound if clause is None else clause.licence
        text = f"{inbound} can't go into a work under {outbound}{behind}"
        return Finding(Reason(whose, key, Verdict.INCOMPATIBLE, text, where, source))
    text = f"{inbound} may go into a work under {outbound}"
    return Finding(Reason(inbound, "osadl", Verdict.COMPATIBLE, text, "", stamp))


def _is_same(outbound: Licence | None, inbound: Licence) -> bool:
    return outbound is not None and outbound.identifier == inbound.identifier


def _sure(licence: Licence, key: str) -> Clause:
    clause = licence.clause(key)
    if clause is None:
        raise ValueError(f"{licence.identifier} has no clause {key}")
    return clause
