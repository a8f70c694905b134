"""Which models were made from which. Importing it loads nothing until something of it is asked for.

``build_lineage`` takes in a file, ``open_lineage`` opens what a store holds; questions and analyses are
functions of the ``Ecosystem`` that both give. The licence audit is a set of functions in ``audit``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .analyses.card_drift import CardDrift, card_drift
    from .analyses.drift import Drift, drift
    from .analyses.families import Families, families
    from .analyses.family_growth import FamilyMonth, family_growth
    from .analyses.fertility import Fertility, fertility
    from .analyses.growth import Growth, growth
    from .analyses.mutation_rate import MutationRate, mutation_rate
    from .analyses.ordering import Ordering, ordering
    from .analyses.overview import Overview, overview
    from .analyses.reuse import PopularityAndReuse, popularity_and_reuse
    from .analyses.stats import Stats, stats_of
    from .analyses.top_models import TopModels, TopParents, top_models, top_parents
    from .analyses.top_traits import TopValues, top_values
    from .ecosystem import TRAITS, Ecosystem
    from .kept.build import Build, build_lineage
    from .kept.opened import open_lineage
    from .kinds import VIEWS, View
    from .pictures.family_tree import FamilyTree, family_tree
    from .questions.around import around
    from .questions.follow import Followed, ancestors, descendants
    from .questions.founders import Founders, founders
    from .questions.graph import to_networkx
    from .questions.origins import Roots, roots
    from .questions.part import Subgraph, subgraph
    from .questions.standing import Family, Standing, family, standings
    from .questions.way import Path, path

__all__ = [
    "TRAITS",
    "VIEWS",
    "Build",
    "CardDrift",
    "Drift",
    "Ecosystem",
    "Families",
    "Family",
    "FamilyMonth",
    "FamilyTree",
    "Fertility",
    "Followed",
    "Founders",
    "Growth",
    "MutationRate",
    "Ordering",
    "Overview",
    "Path",
    "PopularityAndReuse",
    "Roots",
    "Standing",
    "Stats",
    "Subgraph",
    "TopModels",
    "TopParents",
    "TopValues",
    "View",
    "ancestors",
    "around",
    "build_lineage",
    "card_drift",
    "descendants",
    "drift",
    "families",
    "family",
    "family_growth",
    "family_tree",
    "fertility",
    "founders",
    "growth",
    "mutation_rate",
    "open_lineage",
    "ordering",
    "overview",
    "path",
    "popularity_and_reuse",
    "roots",
    "standings",
    "stats_of",
    "subgraph",
    "to_networkx",
    "top_models",
    "top_parents",
    "top_values",
]

_FILES = {
    "analyses.card_drift": (
        "CardDrift",
        "card_drift",
    ),
    "analyses.drift": (
        "Drift",
        "drift",
    ),
    "analyses.families": (
        "Families",
        "families",
    ),
    "analyses.family_growth": (
        "FamilyMonth",
        "family_growth",
    ),
    "analyses.fertility": (
        "Fertility",
        "fertility",
    ),
    "analyses.growth": (
        "Growth",
        "growth",
    ),
    "analyses.mutation_rate": (
        "MutationRate",
        "mutation_rate",
    ),
    "analyses.ordering": (
        "Ordering",
        "ordering",
    ),
    "analyses.overview": (
        "Overview",
        "overview",
    ),
    "analyses.reuse": (
        "PopularityAndReuse",
        "popularity_and_reuse",
    ),
    "analyses.stats": (
        "Stats",
        "stats_of",
    ),
    "analyses.top_models": (
        "TopModels",
        "TopParents",
        "top_models",
        "top_parents",
    ),
    "analyses.top_traits": (
        "TopValues",
        "top_values",
    ),
    "ecosystem": (
        "TRAITS",
        "Ecosystem",
    ),
    "kept.build": (
        "Build",
        "build_lineage",
    ),
    "kept.opened": ("open_lineage",),
    "kinds": (
        "VIEWS",
        "View",
    ),
    "pictures.family_tree": (
        "FamilyTree",
        "family_tree",
    ),
    "questions.around": ("around",),
    "questions.follow": (
        "Followed",
        "ancestors",
        "descendants",
    ),
    "questions.founders": (
        "Founders",
        "founders",
    ),
    "questions.graph": ("to_networkx",),
    "questions.origins": (
        "Roots",
        "roots",
    ),
    "questions.part": (
        "Subgraph",
        "subgraph",
    ),
    "questions.standing": (
        "Family",
        "Standing",
        "family",
        "standings",
    ),
    "questions.way": (
        "Path",
        "path",
    ),
}


def __getattr__(name: str) -> object:
    """One of the names above, loaded when it is first asked for."""
    for file, names in _FILES.items():
        if name in names:
            return getattr(import_module(f".{file}", __package__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
