"""All analyses of a lineage that are about the whole of it, together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..ecosystem import TRAITS, Ecosystem
from ..kinds import LABELS
from .card_drift import CardDrift, card_drift, has_cards
from .drift import Drift, drift
from .families import Families, families
from .fertility import Fertility, fertility
from .growth import Growth, growth
from .mutation_rate import MutationRate, mutation_rate
from .ordering import Ordering, ordering
from .reuse import PopularityAndReuse, popularity_and_reuse
from .top_models import TopModels, TopParents, top_models, top_parents
from .top_traits import TopValues, top_values

TOP = 20


@dataclass(frozen=True, slots=True)
class Overview:
    """What each analysis says of the whole lineage; one of each trait where there is a tuple of them."""

    file: str  # that it was built from
    sha256: str
    models: int
    edges: int
    by_label: Mapping[str, int]  # edges
    self_loops: int
    growth: Growth
    values: tuple[TopValues, ...]
    parents: TopParents
    downloaded: TopModels
    families: Families
    fertility: tuple[Fertility, ...]
    mutation_rates: tuple[MutationRate, ...]
    drifts: tuple[Drift, ...]
    orderings: tuple[Ordering, ...]
    cards: CardDrift | None  # None where the file says nothing of cards
    reuse: PopularityAndReuse


def overview(ecosystem: Ecosystem) -> Overview:
    """Every analysis with its usual view, limits and seed."""
    edges = ecosystem.edges
    labels = np.bincount(edges.label, minlength=256)
    return Overview(
        file=ecosystem.file,
        sha256=ecosystem.sha256,
        models=len(ecosystem),
        edges=edges.parent.size,
        by_label={name: int(labels[bit]) for bit, name in LABELS.items()},
        self_loops=int((edges.parent == edges.child).sum()),
        growth=growth(ecosystem),
        values=tuple(top_values(ecosystem, trait, TOP) for trait in TRAITS),
        parents=top_parents(ecosystem, limit=TOP),
        downloaded=top_models(ecosystem, TOP),
        families=families(ecosystem, limit=TOP),
        fertility=fertility(ecosystem),
        mutation_rates=tuple(mutation_rate(ecosystem, trait) for trait in TRAITS),
        drifts=tuple(drift(ecosystem, trait) for trait in TRAITS),
        orderings=tuple(ordering(ecosystem, trait) for trait in TRAITS),
        cards=card_drift(ecosystem) if has_cards(ecosystem) else None,
        reuse=popularity_and_reuse(ecosystem),
    )
