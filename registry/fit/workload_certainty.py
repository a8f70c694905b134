"""How sure the ranking over a mix of models is: all of it made anew in draws of all its parts at once.

Each part is drawn as its own question is, by the same keys; a machine is as much faster or slower in one part
as in every other. ``kernels/workload_draws.py`` computes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

import numpy as np
from numpy.typing import NDArray

from ...kernels.location_draws import DRAWS
from ...kernels.workload_draws import Chosen, chosen_in_draws, mix_certainty
from ..answers import Group
from ..workloads import MixRow
from .certainty import Basis, Certainty, blocks, hardly_comparable, judged
from .configurations import order
from .draws import draws_of, spending_of
from .limits import allowed_in
from .workload_parts import Part, same_units

Floats = NDArray[np.float64]


def workload_certainty(
    parts: Sequence[Part], rows: Sequence[MixRow], weights: Sequence[float], shares: Floats
) -> Certainty:
    """How sure the ranking ``rows`` is, which holds all hardware that runs some part.

    ``weights``: the five of the mix's profile, before criteria are dropped. What a part does not rank runs it
    in no draw; with limits, a part runs in the draws in which some candidate meets them.
    """
    names = sorted(row.hardware for row in rows)
    shape = (len(parts), len(names), DRAWS)
    runs, components, sure = np.zeros(shape, bool), np.full((3, *shape), np.nan), np.full(shape, np.nan)
    spent, least = np.full((2, *shape), np.nan), np.full((2, len(parts), DRAWS), np.nan)
    machines_of = min((part.answer.group for part in parts), key=astuple)
    adds_up = same_units(parts)
    for g, part in enumerate(parts):
        if part.basis is None or not part.rows:
            continue
        held, chosen = _chosen(part.basis, machines_of)
        of_part = [i for i, name in enumerate(held) if name in part.rows]
        of_mix = [names.index(held[i]) for i in of_part]
        runs[g, of_mix] = chosen.runs[of_part]
        components[:, g, of_mix] = chosen.components[:, of_part]
        sure[g, of_mix] = chosen.confidence[of_part]
        if adds_up:
            spent[:, g, of_mix], least[:, g] = chosen.spent[:, of_part], chosen.least
    by_suitability = any(part.basis and part.basis.rank_by == "suitability" for part in parts)
    factor = sure if by_suitability else None
    standing = mix_certainty(runs, components, weights, shares, spent=spent, least=least, confidence=factor)
    by_rank = [row.hardware for row in rows]
    return judged(names, standing, by_rank, doubtful=_doubtful(parts, rows))


def _chosen(basis: Basis, machines_of: Group) -> tuple[list[str], Chosen]:
    """A part's hardware, and what each chooses in each draw; of equal candidates the one that is printed."""
    candidates, values = basis.candidates, basis.criteria
    places = sorted(range(len(candidates)), key=lambda i: _preference(basis, i))
    compared = [c.estimate for c in candidates]
    draws = draws_of(compared, values, basis.noise, every=basis.limits is not None, machines_of=machines_of)
    spending = spending_of(values, draws)
    draws = draws[:, places]
    names, offsets = blocks(compared)
    found = chosen_in_draws(
        offsets,
        draws[:3],
        astuple(basis.weights),
        capacity=values.capacity[places] if values.memory_mode == "headroom" else None,
        spending=None if spending is None else spending[:, places],
        pessimistic=values.pessimistic,
        allowed=allowed_in(draws[:3], basis.limits) if basis.limits else None,
        confidence=np.array([candidates[i].confidence for i in places]),
        by_suitability=basis.rank_by == "suitability",
    )
    return names, found


def _preference(basis: Basis, i: int) -> tuple[object, ...]:
    """What sorts a candidate within its hardware where scores are equal, as ``ranking.preference``."""
    e = basis.candidates[i].estimate
    return (e.hardware, -e.n, order(e.configuration))


def _doubtful(parts: Sequence[Part], rows: Sequence[MixRow]) -> bool:
    """Whether the first is hardly comparable with another that runs as many parts, in one that all run."""
    rivals = [row.hardware for row in rows[1:] if row.runnable == rows[0].runnable]
    return any(
        hardly_comparable(part.best[rows[0].hardware], part.best[name])
        for part in parts
        for name in rivals
        if all(row.hardware in part.best for row in rows)
    )
