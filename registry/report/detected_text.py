"""What a file or folder shows of its licence, as lines for a terminal."""

from __future__ import annotations

from ..licences.check import DISCLAIMER
from ..licences.evidence import Detected, Evidence
from ..licences.verdicts import Verdict
from .listing import shown, table
from .text import terminal

EVIDENCE = {
    "file": lambda each: each.file if not each.line else f"{each.file}:{each.line}",
    "from": lambda each: each.source.value,
    "licence": lambda each: each.licence or "none that is known",
    "text": lambda each: "" if each.match is None else each.match.value,
    "detail": lambda each: _short(each),
}
LONGEST = 160  # characters of a detail in the table; JSON has all


def detected_text(found: Detected) -> str:
    """The licence, what it was read from, and what somebody should look at."""
    lines = [terminal(f"{found.licence or 'no licence'} ({found.standing})")]
    if found.at_best is not Verdict.COMPATIBLE:
        lines.append(f"a verdict on it is {found.at_best} at best")
    if found.evidence:
        lines.append(shown(table(found.evidence, EVIDENCE)).rstrip("\n"))
    if found.findings:
        lines += ["look at:", *(f"  - {terminal(finding)}" for finding in found.findings)]
    if found.unread:
        lines += ["not read:", *(f"  - {terminal(f'{each.file}: {each.reason}')}" for each in found.unread)]
    return "\n".join([*lines, DISCLAIMER]) + "\n"


def _short(each: Evidence) -> str:
    return each.detail if len(each.detail) <= LONGEST else each.detail[: LONGEST - 1] + "…"
