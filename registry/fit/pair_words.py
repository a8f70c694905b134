"""What the stored scores say in words: flags, and what lies outside what is compared.

The words are those of ``rows.py`` and ``beyond.py``, which say them for the rows of one answer.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ...kernels.decided_configurations import APART, RAN, SHARED, STATE, Compared, lacking
from .best_rows import BestRows, Criteria, mismatched
from .beyond import differs, faster
from .candidate_levels import Candidates

Whole = NDArray[np.int64]

FLAGS = ("catalogue", "no_common_configuration", "single", "software_mismatch")


def notes(known: Candidates, compared: Compared, groups: Whole, best: BestRows) -> list[str | None]:
    """What each row says beside its numbers: a faster configuration that others lack, or how it differs.

    ``groups``: those of the questions that ``best`` answers, of all that ``compared`` asked of.
    """
    found: list[str | None] = [None] * best.row.size
    basis = compared.basis[groups[best.question]]
    for i, word in _faster(known, compared, groups, best, np.flatnonzero(basis != APART)):
        found[i] = word
    for i, difference in _different(known, best, np.flatnonzero(basis == APART)):
        found[i] = difference
    return found


def _faster(
    known: Candidates, compared: Compared, groups: Whole, best: BestRows, shown: Whole
) -> Iterator[tuple[int, str]]:
    """Of the ``shown`` rows those with a faster configuration outside, each with the words for it."""
    speed, place = known.levels.throughput, known.columns["place"]
    fastest = _fastest_outside(known, compared)[_hardware_of(known, best.row[shown])]
    outdone = fastest >= 0
    outdone[outdone] = speed[fastest[outdone]] > speed[best.row[shown[outdone]]]
    shown, fastest = shown[outdone], fastest[outdone]
    asked = groups[best.question[shown]]
    starts, missing = lacking(known.levels, asked, fastest, compared.basis[asked] == SHARED)
    names = [known.hardware[i] for i in known.of_hardware[missing].tolist()]
    ratio = speed[fastest] / speed[best.row[shown]]
    k = known.configurations
    columns = (shown, place[fastest], place[best.row[shown]], ratio, starts[:-1], starts[1:])
    for i, outside, own, times, a, b in zip(*(c.tolist() for c in columns), strict=True):
        yield i, faster(k[outside], k[own], times, names[a:b])


def _fastest_outside(known: Candidates, compared: Compared) -> Whole:
    """The fastest row of each of the levels' hardware at whose configuration none is compared; −1: none."""
    levels, group, place = known.levels, known.columns["group"], known.columns["place"]
    first, end = levels.stacks[levels.hardware[:-1]], levels.stacks[levels.hardware[:-1] + 1]
    hardware = np.repeat(np.arange(first.size), end - first)
    row = np.arange(hardware.size) + np.repeat(first - np.cumsum(end - first) + (end - first), end - first)
    key = group * len(known.configurations) + place
    outside = (levels.rows[row, STATE] == RAN) & ~np.isin(key[row], key[compared.candidates])
    hardware, row = hardware[outside], row[outside]
    order = np.lexsort((-place[row], levels.throughput[row], hardware))  # the one to name last
    found = np.full(first.size, -1)
    found[hardware[order]] = row[order]
    return found


def _hardware_of(known: Candidates, rows: Whole) -> Whole:
    """The place of each row's hardware in the levels."""
    levels = known.levels
    return np.searchsorted(levels.stacks[levels.hardware], rows, side="right") - 1


def _different(known: Candidates, best: BestRows, shown: Whole) -> Iterator[tuple[int, str | None]]:
    """Each of the ``shown`` rows with how its configuration differs from rank 1's."""
    row, question = best.row[shown], best.question[shown]
    order = np.lexsort((known.columns["hardware"][row], -known.columns["n"][row], best.rank[shown], question))
    asked, first = np.unique(question[order], return_index=True)
    place = known.columns["place"]
    leader = place[row[order[first]]][np.searchsorted(asked, question)]
    width = len(known.configurations)
    pairs, which = np.unique(place[row] * width + leader, return_inverse=True)
    k = known.configurations
    words = [differs(k[pair // width], k[pair % width]) for pair in pairs.tolist()]
    for i, word in zip(shown.tolist(), which.tolist(), strict=True):
        yield i, words[word]


def flags(
    known: Candidates, compared: Compared, groups: Whole, criteria: Criteria, best: BestRows
) -> list[str]:
    """Those of FLAGS that hold of each row, sorted, by comma; arguments as of ``notes``."""
    conditions = (
        criteria.headroom[best.question] & known.columns["from_catalogue"][best.row],
        ~criteria.common[best.question],
        compared.running[groups[best.question]] == 1,
        mismatched(known, best),
    )
    marks = sum(np.where(holds, 1 << i, 0) for i, holds in enumerate(conditions))
    words = [
        ",".join(name for i, name in enumerate(FLAGS) if mark >> i & 1) for mark in range(1 << len(FLAGS))
    ]
    return [words[mark] for mark in np.broadcast_to(marks, best.row.shape).tolist()]
