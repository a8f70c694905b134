"""A family tree as text: the twin of its drawing, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...lineage.audit.classes import COPYLEFT, LIMITED, MISSING, NON_COMMERCIAL, OPEN, UNREAD
from ...lineage.pictures.family_tree import Branches, FamilyTree
from .tree_rows import TreeRow, heading, last_of_each, legend, rows_of

SIGNS = {OPEN: "●", COPYLEFT: "■", LIMITED: "▲", NON_COMMERCIAL: "◆", UNREAD: "○", MISSING: "–"}


def tree_text(tree: FamilyTree, *, popularity: bool = False) -> str:
    """The tree: ancestors above the asked model, descendants below it, then what the signs mean."""
    above = list(_lines(tree.above, up=True, popularity=popularity))
    below = list(_lines(tree.below, up=False, popularity=popularity))
    signs = (f"{SIGNS[name]} {name}: {meant}" for name, meant in legend(tree))
    return "\n".join((*heading(tree), "", *reversed(above[1:]), *below, "", *signs)) + "\n"


def _lines(side: Branches, *, up: bool, popularity: bool) -> Iterator[str]:
    rows = rows_of(side, up=up, popularity=popularity)
    last = last_of_each(rows)
    for at, row in enumerate(rows):
        sign = "" if row.place is None else f"{SIGNS[side.models[row.place].licence_class]} "
        yield f"{_branch(rows, last, at, up=up)}{sign}{' · '.join((row.text, *row.facts))}"


def _branch(rows: Sequence[TreeRow], last: Sequence[bool], at: int, *, up: bool) -> str:
    """``│  ├─ ``: what leads to a row from the one that it hangs from, past others."""
    if rows[at].depth == 0:
        return ""
    corner = "┌─ " if up else "└─ "
    parts = [corner if last[at] else "├─ "]
    above = rows[at].hangs_from
    while rows[above].depth > 0:
        parts.append("   " if last[above] else "│  ")
        above = rows[above].hangs_from
    return "".join(reversed(parts))
