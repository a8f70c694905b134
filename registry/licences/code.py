"""Code goes into a work of code: OSADL's matrix, with the clause behind it."""

from __future__ import annotations

from . import osadl
from .clauses import licences
from .combine import Answer, answer, unsaid
from .derivatives import matrix_finding
from .identifiers import Named


def code_into(outbound: str, inbound: str) -> Answer | None:
    """What the matrix answers for two SPDX identifiers; None where one of them isn't in it."""
    told = osadl.says(outbound, inbound)
    if told is None:
        return None
    known = licences()
    return answer("osadl", [matrix_finding(told, outbound, inbound, known.get(inbound), known.get(outbound))])


def unknown_licence(side: Named) -> Answer:
    """Nothing is known of what was named: unknown, with why."""
    return answer("identifier", [unsaid(side.asked, side.why)])
