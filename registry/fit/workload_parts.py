"""The parts of a mix of models by hardware, and its rows put together from them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from ...kernels.formulae import measured
from ...kernels.workload import NONE, Workload
from ..answers import Answer, Estimate, Recommendation, Rejected, Weights
from ..workloads import Mix, MixPart, MixRow, Work
from . import limits, spending
from .certainty import Basis
from .composed import Recommended
from .ranking import ranking
from .scored import Scored

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Part:
    """One part's answer, by hardware."""

    work: Work
    answer: Answer
    basis: Basis | None  # None: nothing runs
    rows: Mapping[str, Recommendation]
    rejected: Mapping[str, Rejected]
    best: Mapping[str, Estimate]  # what each row stands on


def parts_of(mix: Mix, answers: Sequence[Recommended]) -> list[Part]:
    """The parts of a mix, in its order."""
    return [_part(work, found) for work, found in zip(mix.works, answers, strict=True)]


def label(part: Part) -> str:
    """``resnet50 forward, batch 8``."""
    group = part.answer.group
    batch = f", batch {part.work.batch}" if part.work.batch else ""
    return f"{group.model} {group.scenario}{batch}"


def same_units(parts: Sequence[Part]) -> bool:
    """Whether all parts count the same, so that shares of them add up."""
    return len({part.answer.group.throughput_unit for part in parts}) < 2


@dataclass(frozen=True, slots=True)
class Tables:
    """What ``mix_workload`` takes of g parts and h hardware; NaN = missing."""

    runs: Marks  # bool[g, h]
    components: Floats  # float64[3, g, h], T, L, M
    compatibility: Floats  # float64[g, h]
    confidence: Floats  # float64[g, h], c(n)
    spent: Floats  # float64[2, g, h], cost of 1,000 units and energy of one
    least: Floats  # float64[2, g], the least of both in each part


def chosen(part: Part, rank_by: str) -> dict[str, Scored]:
    """The candidate that each hardware has in a part by that score, within the limits."""
    basis = part.basis
    if basis is None:
        return {}
    ranked = basis.ranked
    if rank_by != basis.rank_by:
        compared = [c.estimate for c in basis.candidates]
        within = limits.distances(part.answer.question, compared, basis.criteria) <= 1.0
        ranked = ranking(compress(basis.candidates, within), rank_by)
    return {r.best.estimate.hardware: r.best for r in ranked}


def tables(parts: Sequence[Part], names: Sequence[str], rank_by: str = "compatibility") -> Tables:
    """The parts as arrays, each hardware with its best candidate by ``rank_by``."""
    shape = (len(parts), len(names))
    runs, numbers = np.zeros(shape, bool), np.full((7, *shape), np.nan)
    least = np.full((2, len(parts)), np.nan)
    adds_up = same_units(parts)
    for g, part in enumerate(parts):
        for name, scored in chosen(part, rank_by).items():
            h = names.index(name)
            runs[g, h] = True
            numbers[:, g, h] = _numbers(part, scored)
        if part.basis and adds_up:
            counted = (part.basis.criteria.cost, part.basis.criteria.energy)
            least[:, g] = [np.nan if x is None else np.fmin.reduce(measured(x)) for x in counted]
    if not adds_up:
        numbers[5:] = np.nan
    return Tables(runs, numbers[:3], numbers[3], numbers[4], numbers[5:], least)


def _numbers(part: Part, scored: Scored) -> list[float]:
    """T, L, M, compatibility, c(n), cost and energy of a candidate.

    Where the policy is pessimistic, a cost that is not known and counts is the most that another takes.
    """
    e = scored.estimate
    three = [_number(x) for x in (scored.throughput, scored.latency, scored.memory)]
    taken = [float(spending.costs(part.answer.question, [e])[0]), _number(e.energy_per_unit_j)]
    criteria = part.basis.criteria if part.basis else None
    if criteria and criteria.pessimistic:
        counted = (criteria.cost, criteria.energy)
        most = [np.nan if x is None else float(np.fmax.reduce(measured(x))) for x in counted]
        taken = [x if x == x else m for x, m in zip(taken, most, strict=True)]
    return [*three, scored.compatibility, scored.confidence, *taken]


def rows(
    parts: Sequence[Part], names: Sequence[str], found: Workload, weights: Weights
) -> tuple[MixRow, ...]:
    """The hardware that runs some part, by rank, then name."""
    made = [_row(parts, name, h, found, weights) for h, name in enumerate(names) if found.runnable[h]]
    return tuple(sorted(made, key=lambda row: (row.rank, row.hardware)))


def rejected(parts: Sequence[Part], name: str) -> Rejected:
    """Hardware that runs no part, with each part's reason, and how far it is from the limits of all."""
    found = [_mix_part(part, name) for part in parts]
    reasons = [f"{p.answer.group.model}: {each.reason}" for p, each in zip(parts, found, strict=True)]
    remedy = next((each.remedy for each in found if each.remedy), None)
    return Rejected(name, "; ".join(dict.fromkeys(reasons)), remedy, shortfall(parts, name))


def shortfall(parts: Sequence[Part], name: str) -> float | None:
    """By which factor a hardware misses a limit of some part most; None where more than limits is amiss."""
    missed = [part.rejected.get(name) for part in parts if name not in part.rows]
    factors = [entry.shortfall if entry else None for entry in missed]
    return max((factor for factor in factors if factor), default=None) if all(factors) else None


def _part(work: Work, found: Recommended) -> Part:
    answer, basis = found.answer, found.basis
    return Part(
        work=work,
        answer=answer,
        basis=basis,
        rows={row.hardware: row for row in answer.rows},
        rejected={entry.hardware: entry for entry in answer.rejected},
        best={r.best.estimate.hardware: r.best.estimate for r in basis.ranked} if basis else {},
    )


def _row(parts: Sequence[Part], name: str, h: int, found: Workload, weights: Weights) -> MixRow:
    throughput, latency, memory = (_known(mean) for mean in found.means[:, h].tolist())
    held = [part.rows[name] for part, common in zip(parts, found.everywhere.tolist(), strict=True) if common]
    cost, energy = (_known(value) for value in found.spent[:, h].tolist())
    cost_score, energy_score = (_known(value) for value in found.spending[:, h].tolist())
    return MixRow(
        rank=int(found.rank[h]),
        hardware=name,
        runnable=int(found.runnable[h]),
        throughput_score=throughput,
        latency_score=latency,
        memory_score=memory,
        compatibility=_known(float(found.compatibility[h])) if found.everywhere.any() else None,
        confidence=_known(float(found.confidence[h])),
        suitability=_known(float(found.suitability[h])) if found.everywhere.any() else None,
        worst=None if found.worst[h] == NONE else int(found.worst[h]),
        parts=tuple(_mix_part(part, name) for part in parts),
        cost_per_1k_usd=None if any(row.cost_per_1k_usd is None for row in held) else cost,
        cost_score=cost_score if weights.cost else None,
        energy_per_unit_j=None if any(row.energy_per_unit_j is None for row in held) else energy,
        energy_score=energy_score if weights.energy else None,
    )


def _mix_part(part: Part, name: str) -> MixPart:
    row = part.rows.get(name)
    if row is None:
        return _without(part, name)
    return MixPart(
        configuration=row.configuration,
        throughput=row.throughput,
        throughput_score=row.throughput_score,
        latency_score=row.latency_score,
        memory_score=row.memory_score,
        compatibility=row.compatibility,
        env_id=row.env_id,
        result_ids=row.evidence.result_ids,
        reason=None,
        remedy=None,
        latency_s=row.latency_s,
        latency_statistic=row.latency_statistic,
        memory_bytes=row.memory_bytes,
        memory_scope=row.memory_scope,
        n=row.n,
        cost_per_1k_usd=row.cost_per_1k_usd,
        energy_per_unit_j=row.energy_per_unit_j,
        throughput_low=row.throughput_low,
        throughput_high=row.throughput_high,
        interval_basis=row.interval_basis,
        usd_per_device_hour=row.usd_per_device_hour,
        flags=row.flags,
        alone=row if row.explanation else None,
    )


def _without(part: Part, name: str) -> MixPart:
    """A part that a hardware does not run, with the reason."""
    entry, group = part.rejected.get(name), part.answer.group
    reason = entry.reason if entry else f"no {group.scenario} results of {group.model}"
    remedy = entry.remedy if entry else None
    return MixPart(None, None, None, None, None, None, None, (), reason, remedy)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _number(value: float | None) -> float:
    return math.nan if value is None else value
