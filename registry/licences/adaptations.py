"""Adaptations and remixes of content, by Creative Commons' two charts.

The adapter's licence chart (https://creativecommons.org/faq/): material under BY may be adapted under any of
the licences, BY-NC under one that has NC too (others are "technically permitted" and not recommended: the
original stays NC), share-alike under itself, a later version or what Creative Commons has named compatible,
ND under none. The remix chart: two works can be put together where one licence may hold both.
"""

from __future__ import annotations

from collections.abc import Iterator

from .clauses import Licence, licences
from .combine import RANK, Answer, Finding, answer, said
from .conditions import duties, thresholds
from .derivatives import derivative
from .verdicts import Context, Verdict


def adapt(outbound: Licence | None, inbound: Licence, context: Context) -> Answer:
    """An adaptation of ``inbound`` is shared under ``outbound``."""
    if not _is_content(inbound) or outbound is None or outbound.identifier == inbound.identifier:
        return derivative("adapt", outbound, inbound, context, "derivatives")
    limit = inbound.clause("limit.nc")
    if limit is None or inbound.value("flow_down") != "notice" or not _is_content(outbound):
        return _strict(outbound, inbound, context)
    return answer(
        "adapt", [*_noncommercial(outbound, inbound), *thresholds(inbound, context), *duties(inbound)]
    )


def remix(one: Licence | None, other: Licence, context: Context) -> Answer:
    """Both works in one that is shared: the best that any of Creative Commons' licences makes of it."""
    if one is None:
        return adapt(one, other, context)
    contents = [licence for licence in licences().values() if _is_content(licence)]
    candidates = [one, other, *contents] if _is_content(one) and _is_content(other) else [one, other]
    return both_into(sorted({each.identifier: each for each in candidates}.items()), one, other, context)


def both_into(
    candidates: list[tuple[str, Licence]], one: Licence, other: Licence, context: Context
) -> Answer:
    """The best answer over licences that the whole might have; own licences come first among equals."""
    found = []
    for name, candidate in candidates:
        parts = [_one_way(candidate, each, context) for each in (one, other)]
        worst = max(parts, key=lambda part: RANK[part.verdict])
        found.append((RANK[worst.verdict], name not in (one.identifier, other.identifier), name, parts))
    _, _, name, parts = min(found, key=lambda entry: entry[:3])
    whole = [Finding(reason) for part in parts for reason in part.reasons]
    needs = [need for part in parts for need in part.needs]
    told = answer("remix", whole)
    return Answer(told.verdict, told.reasons, tuple(dict.fromkeys(needs)), "remix", name)


def _one_way(candidate: Licence, part: Licence, context: Context) -> Answer:
    """By the chart's green boxes alone: a remix under a licence that isn't recommended helps nobody."""
    if candidate.identifier == part.identifier:
        return derivative("adapt", candidate, part, context, "derivatives")
    return _strict(candidate, part, context)


def _strict(outbound: Licence, inbound: Licence, context: Context) -> Answer:
    found = derivative("adapt", outbound, inbound, context, "derivatives")
    flow = inbound.clause("flow_down")
    if outbound.value("flow_down") == "none" and flow is not None and flow.value != "none":
        text = f"{outbound.identifier} would waive what has to stay: {flow.text}"
        return answer("adapt", [said(flow, Verdict.INCOMPATIBLE, text)])
    return found


def _noncommercial(outbound: Licence, inbound: Licence) -> Iterator[Finding]:
    limit, flow = inbound.clause("limit.nc"), inbound.clause("flow_down")
    if limit is None or flow is None:
        return
    if outbound.value("flow_down") == "none":
        yield said(
            flow, Verdict.INCOMPATIBLE, f"{outbound.identifier} would waive what has to stay: {flow.text}"
        )
    elif outbound.clause("limit.nc") is not None:
        yield said(flow, Verdict.COMPATIBLE)
    else:
        need = "mark the adaptation as holding two copyrights: commercial use of the original stays forbidden"
        text = f"{outbound.identifier} may cover your part alone; the original keeps this: {limit.text}"
        yield said(limit, Verdict.CONDITIONAL, text, need)


def _is_content(licence: Licence) -> bool:
    return licence.kind == "content"
