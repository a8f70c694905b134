"""A family tree row by row, as both its drawing and its text show it; names of others are inert in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...lineage.audit.classes import CLASSES, MISSING
from ...lineage.pictures.family_tree import Branches, FamilyTree, Link, TreeModel
from ..graph_text import visible
from ..svg_parts import cut
from .words import several

NAME, LICENCE, OTHER = 60, 40, 30  # cells of a model's name, of its licences, of another's name beside it


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A model, or the word for those under another that are not drawn."""

    depth: int
    hangs_from: int  # the row of the model that it hangs from; −1 for the asked one
    place: int | None  # of the model in its branches; None: what is not drawn
    text: str  # the model's name; or ``+ 1,234 more``
    facts: tuple[str, ...] = ()  # what else is to be said


def rows_of(side: Branches, *, up: bool, popularity: bool) -> list[TreeRow]:
    """The asked model, then row after row those that hang from it, downwards; upwards where it is ``up``."""
    rows: list[TreeRow] = []
    row_of: list[int] = []
    open_places: list[int] = []  # from the asked model to the newest

    def close(depth: int) -> None:
        while len(open_places) > depth:
            place = open_places.pop()
            if side.models[place].hidden:
                rows.append(TreeRow(len(open_places) + 1, row_of[place], None, _more(side.models[place])))

    for place, model in enumerate(side.models):
        close(model.depth)
        row_of.append(len(rows))
        above = -1 if model.hangs_from < 0 else row_of[model.hangs_from]
        facts = tuple(_facts(model, side, up=up, popularity=popularity))
        rows.append(TreeRow(model.depth, above, place, shown(model.name), facts))
        open_places.append(place)
    close(0)
    return rows


def shown(name: str, cells: int = NAME) -> str:
    """A name of others with what can't be seen spelled out, cut to ``cells``."""
    return cut(visible(name), cells)


def heading(tree: FamilyTree) -> tuple[str, str]:
    """Whose tree it is; how many models it has, and how many of them are drawn."""
    above, below = tree.above, tree.below
    along = "" if tree.view == "all" else f", along {tree.view} edges"
    return (
        f"Family tree of {shown(below.models[0].name)}{along}",
        f"above: made from {_counted(above)}; below: {_counted(below)} made from it",
    )


def legend(tree: FamilyTree) -> Iterator[tuple[str, str]]:
    """The licence classes that are drawn, each with its meaning."""
    drawn = {model.licence_class for side in (tree.above, tree.below) for model in side.models}
    yield from ((name, meant) for name, meant in CLASSES.items() if name in drawn)


def kinds(tree: FamilyTree) -> list[str]:
    """The kinds of edges that are drawn, sorted."""
    models = [model for side in (tree.above, tree.below) for model in side.models]
    links = (link.kind for model in models for link in (*model.also, *model.cycles))
    return sorted({*links, *(model.kind for model in models if model.kind)})


def _counted(side: Branches) -> str:
    drawn = len(side.models) - 1
    models = several(side.total, "model")
    return models if drawn == side.total else f"{models} ({drawn:,} of them drawn)"


def _more(model: TreeModel) -> str:
    return f"+ {model.hidden:,} more"


def _facts(model: TreeModel, side: Branches, *, up: bool, popularity: bool) -> Iterator[str]:
    if model.kind:
        yield model.kind
    yield shown(", ".join(model.licences), LICENCE) if model.licences else MISSING
    if popularity:
        yield from _popularity(model)
    yield from (f"also {_beside(side, link, up=up)}" for link in model.also)
    if model.elsewhere:
        yield f"and from {model.elsewhere:,} not drawn"
    for link in model.cycles:
        end = shown(side.models[link.place].name, OTHER)
        yield f"a cycle, cut here: {'made from' if up else 'leads back to'} {end} ({link.kind})"


def _popularity(model: TreeModel) -> Iterator[str]:
    for noun, value in (("like", model.likes), ("download", model.downloads)):
        if value is not None:
            yield several(value, noun)


def _beside(side: Branches, link: Link, *, up: bool) -> str:
    name = shown(side.models[link.place].name, OTHER)
    return f"{'behind' if up else 'from'} {name} ({link.kind})"


def last_of_each(rows: Sequence[TreeRow]) -> list[bool]:
    """Whether each row is the last of those that hang from the same."""
    last = {row.hangs_from: at for at, row in enumerate(rows)}
    return [last[row.hangs_from] == at for at, row in enumerate(rows)]
