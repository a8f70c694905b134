"""What one model inherits of licences, as lines: each clause with the models on its way, CSV or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from ...licences.check import DISCLAIMER
from ...lineage.audit.explained import Explained, Fate
from ...lineage.audit.findings import Inherited
from ..text import terminal
from .graph import csv_lines
from .graph_json import json_lines

DOES = {"keeps it": ": keeps it", "drops it": ": drops it", "isn't known": ", which isn't known"}


def declares(names: Sequence[str]) -> str:
    """A declared set as text; "nothing" where it is empty."""
    return ", ".join(names) or "nothing"


def explained_lines(found: Explained, form: str) -> Iterator[str]:
    """One model in ``form``: each clause with the steps of its way; CSV holds the clauses alone."""
    if form == "csv":
        yield from csv_lines(Inherited, (fate.inherited for fate in found.fates))
    elif form == "json":
        head: dict[str, object] = asdict(found) | {"disclaimer": DISCLAIMER}
        del head["fates"]
        yield from json_lines(head, {"clauses": found.fates})
    else:
        told = (*_heading(found), *(line for fate in found.fates for line in _fate(fate)), *_keeping(found))
        yield from (f"{terminal(line)}\n" for line in told)
        yield f"{DISCLAIMER}\n"


def _heading(found: Explained) -> Iterator[str]:
    why = f" ({found.why_unknown})" if found.why_unknown and found.declared else ""
    yield f"{found.model}: declares {declares(found.declared)}{why}"
    open_ends = f"; of {found.ancestors_unknown:,} the licence isn't known or declared"
    yield f"ancestors: {found.ancestors:,} (edges: {found.view})" + (
        open_ends if found.ancestors_unknown else ""
    )
    lost = sum(fate.inherited.outcome == "dropped" for fate in found.fates)
    yield f"clauses inherited: {len(found.fates)}, dropped: {lost}"


def _fate(fate: Fate) -> Iterator[str]:
    of = fate.inherited
    kept = f" by {', '.join(fate.kept_by)}" if fate.kept_by else ""
    yield ""
    yield f"{of.clause} ({of.group}): {of.outcome}{kept}"
    yield f"  {' '.join(filter(None, (of.licence, of.section)))}: {of.text}"
    yield f"  read from: {of.source}"
    yield from (f"  {line}" for line in _steps(fate))
    if of.first_dropped_by is not None:
        yield f"  first dropped by {of.first_dropped_by}"
    if not fate.kept_by:
        yield f"  would keep it: {', '.join(fate.would_keep)}"


def _steps(fate: Fate) -> Iterator[str]:
    for at, step in enumerate(fate.steps):
        if fate.steps_left_out and at == len(fate.steps) // 2:
            yield f"… {fate.steps_left_out:,} more …"
        made_by = "" if step.made_by is None else f"> {step.made_by}: "
        yield f"{made_by}{step.model} declares {declares(step.declared)}{DOES.get(step.does, '')}"


def _keeping(found: Explained) -> Iterator[str]:
    if found.fates and any(not fate.kept_by for fate in found.fates):
        yield ""
        told = ", ".join(found.would_keep_all) or "none"
        yield f"declared above, and keeps all of these: {told}"
