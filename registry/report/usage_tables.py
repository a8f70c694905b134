"""A scan of a repository and its licence check as text, JSON or CSV."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from ..licences.check import DISCLAIMER
from ..usage.found import Use
from ..usage.licence_check import LicenceCheck
from ..usage.scan import Scanned
from .listing import Columns, listed, shown, table
from .text import terminal

FOUND: Columns = {
    "where": lambda use: f"{use.file}:{use.line}",
    "call": lambda use: use.call,
    "model": lambda use: use.model_id,
    "sure": lambda use: f"{use.confidence:.2f}",
    "detail": lambda use: use.detail,
}
USERS: Columns = {"repository": lambda use: use.repository, **FOUND, "source": lambda use: use.source}
CHECKED: Columns = {
    "model": lambda row: row.model_id,
    "its licence": lambda row: row.licence,
    "relation": lambda row: row.relation,
    "verdict": lambda row: row.verdict,
    "because": lambda row: row.because,
    "relation inferred from": lambda row: row.how,
}
MOST_SKIPPED = 20  # that a terminal shows


def scan_text(scanned: Scanned, checked: LicenceCheck, form: str) -> str:
    """The scan in a format of ``listing``; CSV holds the uses alone."""
    if form == "csv":
        return listed(scanned.uses, "csv", FOUND, Use)
    if form == "json":
        return _as_json(scanned, checked)
    lines = [terminal(_counted(scanned))]
    if scanned.uses:
        lines.append(shown(table(scanned.uses, FOUND)).rstrip("\n"))
    lines += [terminal(line) for line in _skipped(scanned)]
    own = checked.own
    lines.append(terminal(f"the repository's licence: {own.licence or 'not known'} ({own.how})"))
    lines += [terminal(f"  {finding}") for finding in own.findings]
    if checked.models:
        lines.append(shown(table(checked.models, CHECKED)).rstrip("\n"))
    needs = dict.fromkeys(f"{row.model_id}: {need}" for row in checked.models for need in row.needs)
    if needs:
        lines += ["needs:", *(terminal(f"  - {need}") for need in needs)]
    lines += [
        terminal(f"{each.file} holds weights of no model that is known here")
        for each in checked.vendored
        if each.model_id is None
    ]
    return "\n".join([*lines, DISCLAIMER]) + "\n"


def users_text(uses: Sequence[Use], form: str) -> str:
    """Who uses a model, in a format of ``listing``."""
    return listed(uses, form, USERS, Use)


def _counted(scanned: Scanned) -> str:
    models = len({use.model_id for use in scanned.uses if use.model_id is not None})
    unresolved = sum(not use.resolved for use in scanned.uses)
    found = f"{len(scanned.uses)} uses of {models} models" + (
        f", {unresolved} unresolved" if unresolved else ""
    )
    return f"{scanned.repository}: {scanned.files:,} files, {scanned.lines:,} lines; {found}"


def _skipped(scanned: Scanned) -> list[str]:
    if not scanned.skipped:
        return []
    lines = [f"{len(scanned.skipped):,} skipped:"]
    lines += [f"  {each.file}: {each.reason}" for each in scanned.skipped[:MOST_SKIPPED]]
    more = len(scanned.skipped) - MOST_SKIPPED
    return [*lines, f"  and {more:,} more: --format json names all"] if more > 0 else lines


def _as_json(scanned: Scanned, checked: LicenceCheck) -> str:
    told = {
        "repository": scanned.repository,
        "files": scanned.files,
        "lines": scanned.lines,
        "uses": [{**asdict(use), "resolved": use.resolved} for use in scanned.uses],
        "skipped": [asdict(each) for each in scanned.skipped],
        "licence": asdict(checked.own),
        "models": [asdict(row) for row in checked.models],
        "weights": [asdict(each) for each in checked.vendored],
        "disclaimer": DISCLAIMER,
    }
    return json.dumps(told, indent=2, allow_nan=False) + "\n"
