"""The family tree of a model: what it was made from above it, what was made from it below, cut to a size.

Each model stands once, under the one that reaches it in the fewest hops; other edges between those that are
drawn are links beside the tree, and an edge that closes a cycle is cut and told as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...errors import QuestionError
from ..audit.classes import licence_class
from ..ecosystem import Ecosystem, Marks
from ..kinds import ALL, LABELS, View
from ..questions.follow import Followed, ancestors, descendants, mask_of, model_of
from ..questions.rows import Number, numbers
from .spanning_tree import spanning_tree, worth_drawing
from .tree_links import Pair, beside, edges_between

DRAWN = 40  # models on each side
MOST = 1_000  # that a picture can hold


@dataclass(frozen=True, slots=True)
class Link:
    """An edge beside those of the tree."""

    place: int  # of the model at its other end
    kind: str  # its label


@dataclass(frozen=True, slots=True)
class TreeModel:
    """A model where it stands in a tree."""

    name: str
    kind: str | None  # the label of the edge to the one it hangs from; None for the one that is asked about
    hangs_from: int  # the place of that one; −1 for the one that is asked about
    depth: int
    licences: tuple[str, ...]
    licence_class: str  # of audit.classes.CLASSES
    likes: Number
    downloads: Number
    hidden: int  # how many models hang from it, near and far, that are not drawn
    elsewhere: int  # parents that a descendant has and that are not drawn
    also: tuple[Link, ...]  # from whom else an edge of the view leads on to it
    cycles: tuple[Link, ...]  # to whom an edge leads on from it that closes a cycle


@dataclass(frozen=True, slots=True)
class Branches:
    """One side of a tree."""

    models: tuple[TreeModel, ...]  # the asked one, and each before those that hang from it
    total: int  # models that the asked one leads to, drawn or not


@dataclass(frozen=True, slots=True)
class FamilyTree:
    """Both sides: above, edges lead on to the parent; below, to the child."""

    view: str
    above: Branches
    below: Branches


def family_tree(
    ecosystem: Ecosystem, model: str | int, *, view: View = ALL, limit: int = DRAWN
) -> FamilyTree:
    """The tree of ``model``, with at most ``limit`` others on each side.

    Raises UnknownNameError, QuestionError.
    """
    if not 1 <= limit <= MOST:
        raise QuestionError(f"--limit {limit}: a picture holds 1 to {MOST:,} models on each side")
    start, mask = model_of(ecosystem, model), mask_of(ecosystem, view)
    up, down = ancestors(ecosystem, start, view=view), descendants(ecosystem, start, view=view)
    above = _branches(ecosystem, up, mask, limit, up=True)
    return FamilyTree(view.name, above, _branches(ecosystem, down, mask, limit, up=False))


def _branches(
    ecosystem: Ecosystem, followed: Followed, mask: Marks | None, limit: int, *, up: bool
) -> Branches:
    tree = spanning_tree(ecosystem, followed, up=up)
    drawn = worth_drawing(tree, ecosystem.downloads, limit)
    models, label = tree.models[drawn], ecosystem.edges.label
    places = {old: new for new, old in enumerate(drawn)}
    hangs_from = [places.get(old, -1) for old in tree.hangs_from[drawn].tolist()]
    between = edges_between(ecosystem.up if up else ecosystem.down, models, mask)
    trait = ecosystem.trait("licences")
    licences = [trait.of(model) for model in models.tolist()]
    columns: tuple[Sequence[Any], ...] = (
        ecosystem.names.of(models),
        [None, *(LABELS[kind] for kind in label[tree.edges[drawn[1:]]].tolist())],
        hangs_from,
        _depths(hangs_from),
        licences,
        [licence_class(named) for named in licences],
        numbers(ecosystem.likes[models]),
        numbers(ecosystem.downloads[models]),
        _hidden(tree.sizes[drawn].tolist(), hangs_from),
        [0] * len(drawn) if up else _elsewhere(ecosystem, models, mask, between),
        *_links(hangs_from, {pair: LABELS[int(label[edge])] for pair, edge in between.items()}),
    )
    told = tuple(TreeModel(*row) for row in zip(*columns, strict=True))
    return Branches(told, len(tree.models) - 1)


def _depths(hangs_from: Sequence[int]) -> list[int]:
    found = [0]
    for above in hangs_from[1:]:
        found.append(found[above] + 1)
    return found


def _hidden(sizes: Sequence[int], hangs_from: Sequence[int]) -> list[int]:
    """How many models hang from each beside those whose branch is drawn."""
    found = [size - 1 for size in sizes]
    for size, above in zip(sizes[1:], hangs_from[1:], strict=True):
        found[above] -= size
    return found


def _elsewhere(
    ecosystem: Ecosystem, models: NDArray[np.int32], mask: Marks | None, between: Iterable[Pair]
) -> list[int]:
    """How many parents each but the first has that are not among ``models``."""
    up, found = ecosystem.up, [0] * len(models)
    for at, model in enumerate(models.tolist()[1:], 1):
        edges = up.edges[int(up.starts[model]) : int(up.starts[model + 1])]
        found[at] = len(edges) if mask is None else int(mask[edges].sum())
    for _, child in between:
        found[child] -= child > 0
    return found


def _links(
    hangs_from: Sequence[int], kinds: Mapping[Pair, str]
) -> tuple[list[tuple[Link, ...]], list[tuple[Link, ...]]]:
    """The links of each place: from whom else, and to whom in a cycle."""
    also, cycles = beside(hangs_from, kinds)
    places = range(len(hangs_from))
    return (
        [tuple(Link(other, kinds[other, at]) for other in also.get(at, ())) for at in places],
        [tuple(Link(other, kinds[at, other]) for other in cycles.get(at, ())) for at in places],
    )
