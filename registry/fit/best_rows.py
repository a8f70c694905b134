"""Each hardware's best candidate in many comparisons at once: scores, ranks and flags by compiled kernels.

The numbers are those of ``recommend``'s rows, to the bit (``criteria.py``, ``scored.py``, ``ranking.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...kernels.best import best_candidates
from ...kernels.decided_configurations import COMMON, Compared
from ...kernels.formulae import drop_criteria
from ...kernels.ranks import group_ranks
from ...kernels.scores import HEADROOM, RELATIVE, Scores, score_groups
from ..answers import Weights
from ..results.interval_columns import STATISTICS
from .candidate_levels import Candidates

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Marks = NDArray[np.bool_]
CRITERIA = ("throughput", "latency", "memory")


@dataclass(frozen=True, slots=True)
class Criteria:
    """What the m compared candidates of q questions are scored by; NaN: dropped for all of a question."""

    rows: Whole  # int64[m], of the levels
    offsets: Whole  # int64[q + 1]: where those of each question start; none of them is without
    common: Marks  # bool[q]: whether there is a K*
    statistic: Whole  # int64[q], a place in STATISTICS; −1: no latency
    headroom: Marks  # bool[q]: whether memory is held against the capacity
    latency: Floats
    memory: Floats


@dataclass(frozen=True, slots=True)
class BestRows:
    """The p hardware of all questions with the best candidate of each, by question and hardware."""

    question: Whole  # int64[p]
    row: Whole  # int64[p], of the levels
    rank: Whole
    running: Whole  # how many candidates of it are compared
    components: Floats  # float64[3, p]; NaN: dropped for all
    weights: Floats  # float64[p, 3], as used
    compatibility: Floats
    confidence: Floats
    suitability: Floats


def answered(compared: Compared) -> Whole:
    """The questions that have candidates."""
    return np.flatnonzero(np.diff(compared.offsets))


def criteria_of(known: Candidates, compared: Compared, questions: Whole) -> Criteria:
    """What those questions' candidates are scored by; of a question of none nothing is asked."""
    sizes = np.diff(compared.offsets)[questions]
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], sizes)
    rows = compared.candidates[np.repeat(compared.offsets[questions], sizes) + within]
    starts, common = offsets[:-1], compared.basis[questions] == COMMON
    statistic = np.where(common, _stated(known, rows, starts), -1)
    of_row = np.repeat(statistic, sizes)
    latency = np.choose(np.maximum(of_row, 0), [known.columns[name][rows] for name in STATISTICS])
    with_memory, headroom = _memory(known, rows, starts)
    with_memory &= common
    memory = np.where(np.repeat(with_memory, sizes), known.columns["memory"][rows], np.nan)
    return Criteria(
        *(rows, offsets, common, statistic, with_memory & headroom),
        *(np.where(of_row < 0, np.nan, latency), memory),
    )


def best_rows(known: Candidates, criteria: Criteria, weights: Weights) -> BestRows:
    """Each question's hardware under ``weights``; dropped criteria leave theirs to the others."""
    rows, offsets = criteria.rows, criteria.offsets
    n, three = known.columns["n"][rows], (weights.throughput, weights.latency, weights.memory)
    scores = score_groups(
        *(offsets, known.columns["throughput"][rows], criteria.latency, criteria.memory, n, three),
        memory_mode=np.where(criteria.headroom, HEADROOM, RELATIVE),
        capacity=known.columns["capacity"][rows],
    )
    question = np.repeat(np.arange(offsets.size - 1), np.diff(offsets))
    hardware = known.columns["hardware"][rows]
    first = np.flatnonzero(
        np.concatenate([[True], (np.diff(question) != 0) | (np.diff(hardware) != 0)])[: rows.size]
    )
    running = np.diff(np.append(first, rows.size))
    pair = np.repeat(np.arange(first.size), running)
    place = known.columns["place"][rows]
    chosen = best_candidates(pair, first.size, scores.compatibility, n, place=place).chosen
    asked = question[chosen]
    return BestRows(
        question=asked,
        row=rows[chosen],
        rank=group_ranks(np.searchsorted(asked, np.arange(offsets.size)), scores.compatibility[chosen]),
        running=running,
        components=_components(scores, chosen, asked),
        weights=_weights(scores.used, np.array(three))[asked],
        compatibility=scores.compatibility[chosen],
        confidence=scores.confidence[chosen],
        suitability=scores.suitability[chosen],
    )


def mismatched(known: Candidates, best: BestRows) -> Marks:
    """Whether each was measured with another torch than most of its rivals, as ``mismatch.py`` says it."""
    minor = known.columns["minor"][best.row]
    stated = np.flatnonzero(minor)  # 0: not known
    width = len(known.minors)
    releases, count = np.unique(best.question[stated] * width + minor[stated], return_counts=True)
    question, release = releases // width, releases % width
    order = np.lexsort((release, count, question))  # the usual one last
    usual = np.full(int(best.question.max(initial=-1)) + 1, 0)
    usual[question[order]] = release[order]
    found: Marks = (minor != 0) & (minor != usual[best.question])
    return found


def _stated(known: Candidates, rows: Whole, starts: Whole) -> Whole:
    """The first of STATISTICS that all of a question's candidates have, by its place; −1: none."""
    there = np.array([~np.isnan(known.columns[name][rows]) for name in STATISTICS])
    by_all = np.logical_and.reduceat(there, starts, axis=1)
    return np.where(by_all.any(axis=0), by_all.argmax(axis=0), -1)


def _memory(known: Candidates, rows: Whole, starts: Whole) -> tuple[Marks, Marks]:
    """Whether the memory of a question's candidates can be compared, and whether only against capacity."""
    there, room = (~np.isnan(known.columns[name][rows]) for name in ("memory", "capacity"))
    scope = known.columns["scope"][rows]
    several = np.minimum.reduceat(scope, starts) != np.maximum.reduceat(scope, starts)
    sound = np.logical_and.reduceat(there, starts)
    return sound & (~several | np.logical_and.reduceat(room, starts)), several


def _components(scores: Scores, chosen: Whole, question: Whole) -> Floats:
    used = scores.used[question].T
    found = np.array([getattr(scores, criterion)[chosen] for criterion in CRITERIA])
    return np.where(used, found, np.nan)


def _weights(used: Marks, weights: Floats) -> Floats:
    """The weights with which each question was scored, float64[q, 3]; used: bool[q, 3]."""
    patterns, place = np.unique(used, axis=0, return_inverse=True)
    found = [drop_criteria(weights, tuple(pattern)) for pattern in patterns.tolist()]
    return np.array(found).reshape(-1, 3)[place.reshape(-1)]
