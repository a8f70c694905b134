"""The licences, tasks, libraries and languages that most models say.

**Definition.** A value counts once for each model that says it; a model that says two counts once under
each, so that the shares may come to more than 1. ``share`` is of all models, ``share_of_told`` of those
that say any value of the trait. Values that as many models say are in the order of their names.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..ecosystem import Ecosystem

LIMIT = 20


@dataclass(frozen=True, slots=True)
class TopValue:
    """One value of a trait."""

    value: str
    models: int  # that say it
    share: float  # of all models
    share_of_told: float  # of the models that say any value


@dataclass(frozen=True, slots=True)
class TopValues:
    """The values of a trait that most models say."""

    trait: str
    values: tuple[TopValue, ...]
    distinct: int  # values that anyone says
    models: int  # of the ecosystem
    told: int  # models that say at least one
    several: int  # models that say more than one


def top_values(ecosystem: Ecosystem, trait: str, limit: int = LIMIT) -> TopValues:
    """The ``limit`` values of one of ``ecosystem.TRAITS`` that most models say."""
    said = ecosystem.trait(trait)
    sizes = np.diff(said.starts)
    of_set = np.bincount(said.codes, minlength=sizes.size)
    counts = np.zeros(len(said.values), np.int64)
    np.add.at(counts, said.members, np.repeat(of_set, sizes))
    told, models = int(of_set[sizes > 0].sum()), len(ecosystem)
    most = np.argsort(-counts, kind="stable")[:limit].tolist()  # values are sorted by name
    return TopValues(
        trait,
        tuple(
            TopValue(said.values[at], int(counts[at]), float(counts[at] / models), float(counts[at] / told))
            for at in most
            if counts[at]
        ),
        int((counts > 0).sum()),
        models,
        told,
        int(of_set[sizes > 1].sum()),
    )
