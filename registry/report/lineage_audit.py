"""An audit of licences, and one model of it explained, as lines: a table, CSV or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from ..licences.check import DISCLAIMER
from ..lineage.licence_explained import Explained, Fate, Step
from ..lineage.licence_findings import Inherited
from ..lineage.licence_summary import Summary
from .lineage_families import several
from .lineage_graph import csv_lines
from .lineage_json import json_lines
from .listing import Columns, shown, table
from .text import terminal

DOES = {"keeps it": ": keeps it", "drops it": ": drops it", "isn't known": ", which isn't known"}
PAIRS, STEPS, UNKNOWN = 10, 20, 5  # that a table shows

FINDINGS: Columns = {
    "model": lambda row: row.model,
    "declares": lambda row: declares(row.declared),
    "inherits": lambda row: f"{row.clause} {row.section}",
    "from": lambda row: row.ancestor,
    "which declares": lambda row: declares(row.ancestor_declared),
    "hops": lambda row: row.hops,
    "first dropped by": lambda row: "itself" if row.first_dropped_by == row.model else row.first_dropped_by,
}
GROUPS: Columns = {
    "group": lambda row: row.group,
    "models": lambda row: f"{row.models:,}",
    "clauses": lambda row: f"{row.clauses:,}",
}
PAIR: Columns = {
    "inherited → declared": lambda row: f"{row.inherited} → {row.declared}",
    "models": lambda row: f"{row.models:,}",
}


def declares(names: Sequence[str]) -> str:
    """A declared set as text; "nothing" where it is empty."""
    return ", ".join(names) or "nothing"


def audit_lines(
    found: Summary, rows: Iterable[Inherited], more: int, form: str, group: str | None = None
) -> Iterator[str]:
    """The audit in ``form``: numbers and ``rows``; CSV holds the rows alone. ``more`` rows aren't shown."""
    if form == "csv":
        yield from csv_lines(Inherited, iter(rows))
    elif form == "json":
        head: dict[str, object] = {"audit": found, "group": group, "disclaimer": DISCLAIMER}
        yield from json_lines(head, {"findings": rows})
    else:
        yield from _summary(found)
        yield from _findings(list(rows), more)
        yield f"{DISCLAIMER}\n"


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


def _summary(found: Summary) -> Iterator[str]:
    yield f"{found.models:,} models, {found.with_parents:,} of them with parents (edges: {found.view})\n"
    columns: Columns = {
        "of those with parents": lambda row: row[0],
        "models": lambda row: f"{row[1]:,}",
        "": lambda row: row[2],
    }
    yield shown(table(_fates(found), columns))
    if found.dropping:
        yield "\n" + shown(table([each for each in found.groups if each.models], GROUPS))
        yield "\n" + shown(table(found.pairs[:PAIRS], PAIR))
    if len(found.pairs) > PAIRS:
        yield f"{len(found.pairs) - PAIRS:,} more pairs: --format json has all\n"


def _fates(found: Summary) -> list[tuple[str, int, str]]:
    """What becomes of the models with parents: each of them is in one row."""
    kinds = (
        f"{several(found.clauses, 'clause')}: {found.derived:,} along fine-tunes, quantised copies, merges,"
        f" {found.through_adapters:,} through adapters, {found.through_untyped:,} through untyped edges"
    )
    unknown = [f"{declares([each.declared])} {each.models:,}" for each in found.unknown[:UNKNOWN]]
    if len(found.unknown) > UNKNOWN:
        unknown.append(f"{len(found.unknown) - UNKNOWN:,} other")
    named = f": {'; '.join(unknown)}" if unknown else ""
    return [
        ("drop a clause", found.dropping, kinds),
        ("drop none", found.keeping, "what all their ancestors declare is known"),
        ("drop none that is known", found.open, "an ancestor's licence isn't known, or it declares none"),
        ("declare no licence", found.undeclared, f"{found.undeclared_inheriting:,} inherit a clause"),
        (
            "declare what isn't known",
            found.unjudged,
            f"{found.unjudged_inheriting:,} inherit a clause{named}",
        ),
    ]


def _findings(rows: list[Inherited], more: int) -> Iterator[str]:
    if rows:
        yield "\n" + shown(table(rows, FINDINGS))
    if more:
        yield f"{more:,} more: --limit N shows more, --format csv all\n"


def _heading(found: Explained) -> Iterator[str]:
    why = f" ({found.why_unknown})" if found.why_unknown and found.declared else ""
    yield f"{found.model}: declares {declares(found.declared)}{why}"
    of = f"{several(found.ancestors, 'ancestor')} (edges: {found.view})"
    open_ends = f"; of {found.ancestors_unknown:,} the licence isn't known or declared"
    yield of + (open_ends if found.ancestors_unknown else "")
    lost = sum(fate.inherited.outcome == "dropped" for fate in found.fates)
    inherits = f"inherits {several(len(found.fates), 'clause')}, drops {lost}"
    yield inherits if found.fates else "inherits no clause that is known"


def _fate(fate: Fate) -> Iterator[str]:
    of = fate.inherited
    kept = f" by {', '.join(fate.kept_by)}" if fate.kept_by else ""
    yield ""
    yield f"{of.clause} ({of.group}): {of.outcome}{kept}"
    yield f"  {' '.join(filter(None, (of.licence, of.section)))}: {of.text}"
    yield f"  read from: {of.source}"
    yield from (f"  {line}" for line in _steps(fate.steps))
    if of.first_dropped_by is not None:
        yield f"  first dropped by {of.first_dropped_by}"
    if not fate.kept_by:
        yield f"  would keep it: {', '.join(fate.would_keep)}"


def _steps(steps: tuple[Step, ...]) -> Iterator[str]:
    """Each model of the way; of a long one, the ends."""
    half = STEPS // 2
    for at, step in enumerate(steps):
        if len(steps) <= STEPS or at < half or at >= len(steps) - half:
            made_by = "" if step.made_by is None else f"> {step.made_by}: "
            yield f"{made_by}{step.model} declares {declares(step.declared)}{DOES.get(step.does, '')}"
        elif at == half:
            yield f"… {len(steps) - STEPS:,} more …"


def _keeping(found: Explained) -> Iterator[str]:
    if found.fates and any(not fate.kept_by for fate in found.fates):
        yield ""
        told = ", ".join(found.would_keep_all) or "none"
        yield f"declared above, and keeps all of these: {told}"
