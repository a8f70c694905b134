"""What the marks in the drawing of a family tree mean, those that are drawn alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ...lineage.pictures.family_tree import FamilyTree
from . import tree_marks as marks
from .tree_rows import kinds, legend

STEP = 19.0
MADE = {
    "finetune": "trained further",
    "quantized": "kept in fewer bits",
    "adapter": "weights to be added to its parent's",
    "merge": "joined from several models' weights",
    "untyped": "nobody says how it was made",
}
_LEFT, _WORDS = 14.0, 52.0
Entry = tuple[Callable[[float], str], str]  # a mark at a height, and its meaning


def legend_height(tree: FamilyTree) -> float:
    """How much room it takes, with a little under it."""
    return STEP * len(list(_entries(tree))) + 4


def legend_marks(tree: FamilyTree, top: float) -> Iterator[str]:
    """Its marks, the first at the height ``top``."""
    for at, (mark, words) in enumerate(_entries(tree)):
        yield mark(top + STEP * at)
        yield marks.text(_WORDS, top + STEP * at, words, marks.FAINT)


def _entries(tree: FamilyTree) -> Iterator[Entry]:
    for kind in kinds(tree):
        yield partial(_sample, kind, ""), f"{kind}: {MADE[kind]}"
    models = [model for side in (tree.above, tree.below) for model in side.models]
    if any(model.also for model in models):
        yield partial(_sample, marks.FAINT, marks.ALSO), "another way to a model that is drawn once"
    if any(model.cycles for model in models):
        yield partial(_sample, marks.FAINT, marks.CYCLE), "closes a cycle, and is cut here"
    for name, meant in legend(tree):
        yield partial(_shape, name), f"{name}: {meant}"


def _sample(colour: str, dashes: str, y: float) -> str:
    return marks.line(f"M{_LEFT:g} {y:g}H{_LEFT + 28:g}", colour, dashes=dashes)


def _shape(name: str, y: float) -> str:
    return marks.shape(_LEFT + 14, y, name)
