"""An audit of licences as lines: its numbers and findings as a table, CSV or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...licences.check import DISCLAIMER
from ...lineage.audit.findings import Inherited
from ...lineage.audit.summary import Summary
from ..listing import Columns, shown, table
from .graph import csv_lines
from .graph_json import json_lines
from .inheritance import declares
from .words import left_out, several

PAIRS, UNKNOWN = 10, 5  # that a table shows

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
        yield f"{left_out(more)}\n"
