"""What one does with a work without passing on a changed one: load it, serve it, earn with it."""

from __future__ import annotations

from collections.abc import Iterator

from .clauses import Licence
from .combine import Answer, Finding, answer, said, unsaid
from .conditions import duties, purpose, thresholds
from .verdicts import Context, Verdict

RESTRICTING = ("same_restrictions", "similar_restrictions")


def load(outbound: Licence | None, inbound: Licence, context: Context) -> Answer:
    """Code under ``outbound`` loads the weights when it runs: its users take them under their own licence."""
    return answer("repo_loads_weights", _load(inbound, context))


def serve(outbound: Licence | None, inbound: Licence, context: Context) -> Answer:
    """Others use the work over a network; no copy leaves."""
    return answer("serve_api", _serve(inbound, context))


def earn(outbound: Licence | None, inbound: Licence, context: Context) -> Answer:
    """The work is used commercially."""
    return answer("commercial_use", _earn(inbound, context))


def _load(inbound: Licence, context: Context) -> Iterator[Finding]:
    yield from _use(inbound)
    yield from thresholds(inbound, context)
    yield from purpose(inbound, context)
    flow = inbound.clause("flow_down")
    if flow is not None and flow.value in RESTRICTING:
        need = f"the users of the code take the weights under {inbound.identifier}: {flow.text}"
        yield said(flow, Verdict.CONDITIONAL, need=need)


def _serve(inbound: Licence, context: Context) -> Iterator[Finding]:
    yield from _use(inbound)
    yield from thresholds(inbound, context)
    yield from purpose(inbound, context)
    yield from duties(inbound, "hosted_service")
    banned = inbound.clause("limit.hosting")
    if banned is not None:
        yield said(banned, Verdict.INCOMPATIBLE)
    hosted = inbound.clause("scope.hosted_service")
    if hosted is None:
        return
    if hosted.value == "network_copyleft" and context.modified is False:
        yield said(hosted, Verdict.COMPATIBLE, f"the work isn't modified: {hosted.text}")
    elif hosted.value == "network_copyleft":
        need = "whether it is modified (--modified, --no-modified)" if context.modified is None else ""
        yield said(hosted, Verdict.CONDITIONAL, need=need or f"offer its users the source: {hosted.text}")
    elif hosted.value == "distribution":
        yield said(hosted, Verdict.CONDITIONAL, need=hosted.text)
    else:
        yield said(hosted, Verdict.COMPATIBLE)


def _earn(inbound: Licence, context: Context) -> Iterator[Finding]:
    limit, grant = inbound.clause("limit.nc"), inbound.clause("grant.commercial")
    if limit is not None:
        yield said(limit, Verdict.INCOMPATIBLE)
    elif grant is None:
        yield unsaid(
            inbound.identifier, f"{inbound.identifier}: no clause says whether commercial use is granted"
        )
    elif grant.value == "on_conditions":
        yield said(grant, Verdict.CONDITIONAL, need=grant.text)
    else:
        yield said(grant, Verdict.COMPATIBLE if grant.value else Verdict.INCOMPATIBLE)
    yield from thresholds(inbound, context)
    banned = inbound.clause("limit.hosting")
    if banned is not None and context.hosted is None:
        yield said(
            banned, Verdict.CONDITIONAL, need="whether it is hosted for others (--hosted, --no-hosted)"
        )
    elif banned is not None:
        yield said(banned, Verdict.INCOMPATIBLE if context.hosted else Verdict.COMPATIBLE)
    yield from (found for found in duties(inbound) if found.reason.clause in _OF_USERS)


_OF_USERS = ("limit.field_of_use", "obligation.register")


def _use(inbound: Licence) -> Iterator[Finding]:
    grant = inbound.clause("grant.use")
    if grant is None:
        yield unsaid(inbound.identifier, f"{inbound.identifier}: no clause is known that grants its use")
    else:
        yield said(grant, Verdict.COMPATIBLE if grant.value else Verdict.INCOMPATIBLE)
