"""A family tree as one SVG file: no script, nothing loaded, names of others inert, equal trees equal bytes.

Light by itself, dark where the reader's setting is; what a colour says, a word says as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...lineage.pictures.family_tree import Branches, FamilyTree, TreeModel
from ..svg_parts import inert, number
from . import tree_marks as marks
from .tree_legend import legend_height, legend_marks
from .tree_rows import TreeRow, heading, rows_of

ROW, STEP, LEFT, TOP = 22.0, 22.0, 18.0, 76.0
WORDS = 12.0  # from a model's shape to its name
GUTTER, LANE, LANES = 16.0, 9.0, 12  # right of all texts, where edges beside the tree run
NARROWEST = 560.0
FONT = "ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row where it is drawn."""

    row: TreeRow
    model: TreeModel | None
    x: float
    y: float

    @property
    def end(self) -> float:
        """Where its text ends."""
        return self.x + WORDS + marks.width(" · ".join((self.row.text, *self.row.facts)))


@dataclass(frozen=True, slots=True)
class _Way:
    """An edge beside the tree."""

    source: _Placed
    target: _Placed
    kind: str
    dashes: str


def tree_svg(tree: FamilyTree, *, popularity: bool = False) -> str:
    """The drawing: ancestors above the asked model, descendants below it, then what the marks mean."""
    up, down = (
        rows_of(side, up=side is tree.above, popularity=popularity) for side in (tree.above, tree.below)
    )
    middle = TOP + ROW * (len(up) - 1)
    above, below = _placed(tree.above, up, middle, -ROW), _placed(tree.below, down, middle, ROW)
    ways = [*_ways(above), *_ways(below)]
    right = max(each.end for each in (*above[1:], *below)) + GUTTER
    under = middle + ROW * (len(below) + 0.5)
    lines = (
        *_opening(tree, right + LANE * min(len(ways), LANES), under + legend_height(tree)),
        *_branches(above),
        *_branches(below),
        *(mark for lane, way in enumerate(ways) for mark in _beside(way, right + LANE * (lane % LANES))),
        *_models(above[1:]),
        *_models(below),
        *legend_marks(tree, under),
        "</svg>",
    )
    return "\n".join(lines) + "\n"


def _opening(tree: FamilyTree, right: float, bottom: float) -> Iterator[str]:
    title, counts = heading(tree)
    across = number(max(NARROWEST, right + LEFT, *(marks.width(text) + 2 * LEFT for text in (title, counts))))
    size = f'width="{across}" height="{number(bottom)}" viewBox="0 0 {across} {number(bottom)}"'
    said = 'role="img" aria-labelledby="tree-title tree-desc"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {said} {size} font-family="{FONT}" font-size="12">'
    yield f'<title id="tree-title">{inert(title)}</title>'
    yield f'<desc id="tree-desc">{inert(counts)}</desc>'
    yield marks.style()
    yield f'<rect width="100%" height="100%"{marks.fill(marks.PAPER)}/>'
    yield marks.text(12, 20, title, bold=True)
    yield marks.text(12, 40, counts, marks.FAINT)


def _placed(side: Branches, rows: Sequence[TreeRow], middle: float, step: float) -> list[_Placed]:
    """The rows, from the ``middle`` on."""
    return [
        _Placed(
            row,
            None if row.place is None else side.models[row.place],
            LEFT + STEP * row.depth,
            middle + step * at,
        )
        for at, row in enumerate(rows)
    ]


def _ways(placed: Sequence[_Placed]) -> Iterator[_Way]:
    """The edges beside the tree."""
    where = {each.row.place: each for each in placed if each.row.place is not None}
    for each in placed:
        model = each.model
        if model is not None:
            yield from (_Way(where[link.place], each, link.kind, marks.ALSO) for link in model.also)
            yield from (_Way(each, where[link.place], link.kind, marks.CYCLE) for link in model.cycles)


def _branches(placed: Sequence[_Placed]) -> Iterator[str]:
    """From each model a trunk to the last that hangs from it, and a branch to each, in its kind's colour."""
    last = {each.row.hangs_from: each for each in placed[1:]}
    for at, each in last.items():
        away = 8 if each.y > placed[at].y else -8
        yield marks.line(
            f"M{number(placed[at].x)} {number(placed[at].y + away)}V{number(each.y)}", marks.RULE
        )
    for each in placed[1:]:
        kind = each.model.kind if each.model and each.model.kind else marks.RULE
        yield marks.line(f"M{number(each.x - STEP)} {number(each.y)}H{number(each.x - 8)}", kind)


def _beside(way: _Way, x: float) -> Iterator[str]:
    """An edge beside the tree, through the gutter, so that it crosses no text."""
    apart = 3.0 if way.source is way.target else 0.0
    start, end = way.source.end + 6, way.target.end + 6
    from_y, to_y = way.source.y + apart, way.target.y - apart
    path = f"M{number(start)} {number(from_y)}H{number(x)}V{number(to_y)}H{number(end + 5)}"
    yield marks.line(path, way.kind, dashes=way.dashes, wide=1.5)
    yield marks.head(end, to_y, way.kind)


def _models(placed: Sequence[_Placed]) -> Iterator[str]:
    """Each model's shape, name and facts; of what is not drawn how much it is."""
    for each in placed:
        text, at = each.row.text, each.x + WORDS
        if each.model is None:
            yield marks.text(each.x - 4, each.y, text, marks.FAINT)
            continue
        yield marks.shape(each.x, each.y, each.model.licence_class)
        facts = "".join(f" · {fact}" for fact in each.row.facts)
        yield marks.text(at, each.y, text, bold=each.model.kind is None, facts=facts)
