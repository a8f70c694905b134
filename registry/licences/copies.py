"""Copies that aren't changed: passed on under their own licence, or declared to be under another."""

from __future__ import annotations

from collections.abc import Iterator

from .clauses import Clause, Licence
from .combine import Answer, Finding, answer, said, unsaid
from .conditions import duties, purpose, thresholds
from .verdicts import Context, Verdict


def redistribute(outbound: Licence | None, inbound: Licence, context: Context) -> Answer:
    """The work is passed on unchanged; ``outbound`` is the licence of what it travels with."""
    return answer("redistribute", [*_granted(inbound, context), *_beside(outbound, inbound)])


def relabel(outbound: Licence | None, inbound: Licence, context: Context) -> Answer:
    """The same weights are declared to be under ``outbound``."""
    if outbound is None or outbound.identifier == inbound.identifier:
        return answer("relabel_weights", [*_copied(inbound), *thresholds(inbound, context)])
    return answer("relabel_weights", [_declared(outbound, inbound), *duties(inbound)])


def _granted(inbound: Licence, context: Context) -> Iterator[Finding]:
    yield from _copied(inbound)
    yield from thresholds(inbound, context)
    yield from purpose(inbound, context)


def _copied(inbound: Licence) -> Iterator[Finding]:
    grant = inbound.clause("grant.redistribute")
    if grant is None:
        yield unsaid(
            inbound.identifier, f"{inbound.identifier}: no clause is known that grants copies to others"
        )
    else:
        yield said(grant, Verdict.COMPATIBLE if grant.value else Verdict.INCOMPATIBLE)
    yield from duties(inbound)


def _beside(outbound: Licence | None, inbound: Licence) -> Iterator[Finding]:
    flow = inbound.clause("flow_down")
    same = outbound is not None and outbound.identifier == inbound.identifier
    if flow is None or same or flow.value in ("none", "notice"):
        return
    if outbound is None:
        if flow.value in ("same_restrictions", "similar_restrictions"):
            yield said(flow, Verdict.CONDITIONAL, need=f"pass it on with its restrictions: {flow.text}")
        return
    need = (
        f"the copy stays under {inbound.identifier} beside what is under {outbound.identifier}, and says so"
    )
    yield said(flow, Verdict.CONDITIONAL, need=need)


def _declared(outbound: Licence, inbound: Licence) -> Finding:
    flow, into = inbound.clause("flow_down"), inbound.clause("flow_down.into")
    if flow is None:
        return unsaid(
            inbound.identifier, f"{inbound.identifier}: no clause says under what copies may be declared"
        )
    if flow.value == "none":
        return said(flow, Verdict.COMPATIBLE)
    later = into is not None and inbound.identifier.endswith("-or-later")
    if later and into is not None and isinstance(into.value, tuple) and outbound.identifier in into.value:
        return said(into, Verdict.COMPATIBLE)
    if flow.value == "notice" and inbound.kind == "code":
        return _permissive(outbound, inbound, flow)
    limit = inbound.clause("limit.nc")
    free = inbound.kind == "model" and inbound.value("grant.sublicense") is True
    if flow.value == "notice" and free and limit is None:
        return said(flow, Verdict.COMPATIBLE)
    text = (
        f"declared to be under {outbound.identifier}, the weights stay under their own licence: {flow.text}"
    )
    return said(limit or flow, Verdict.INCOMPATIBLE, text)


def _permissive(outbound: Licence, inbound: Licence, flow: Clause) -> Finding:
    own = inbound.clause("grant.own_terms")
    if outbound.value("flow_down") == "none":
        need = f"keep the notices of {inbound.identifier}, which {outbound.identifier} asks nobody for"
        return said(flow, Verdict.CONDITIONAL, need=need)
    if own is not None and own.value == "derivatives":
        need = f"hand on the text and notices of {inbound.identifier} with the weights: {own.text}"
        return said(own, Verdict.CONDITIONAL, need=need)
    return said(flow, Verdict.COMPATIBLE)
