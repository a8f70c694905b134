"""One bucket's rows brought together by group, while they lie in the cache.

Small groups come to lie side by side, as ``group_lanes.py`` takes them: the sort itself puts each value into
its lane. Larger groups lie one after the other.
"""

from __future__ import annotations

import numpy as np

from .group_lanes import LANES, MOST_ROWS
from .jit import uncounted, version_of
from .partition import METRICS

MOST_ROOM = 4  # places for each row: where batches of small groups take more, the others lie in a row


def room_for(rows: int, groups: int) -> int:
    """How many places for values of one metric are enough for ``rows`` rows of ``groups`` groups."""
    return (min(MOST_ROOM * rows, rows + MOST_ROWS * groups) + LANES - 1) // LANES * LANES


@uncounted
def most_rows(counts, first):  # type: ignore[no-untyped-def]
    """How many rows the largest of the sixteen groups from ``first`` on has."""
    most = np.int64(0)
    for g in range(np.uint64(first), np.uint64(first + LANES)):
        most = max(most, counts[g])
    return most


@uncounted
def _place_groups(counts, rest, room, places, steps):  # type: ignore[no-untyped-def]
    """Fills where the values of each group begin, and how far apart they lie: LANES or 1."""
    start = np.int64(0)
    for first in range(0, counts.size, LANES):
        most = most_rows(counts, first)
        rows = np.int64(0)
        for g in range(first, first + LANES):
            rows += counts[g]
        rest -= rows
        line = (start + LANES - 1) & -LANES  # where a register is loaded at once
        in_lanes = most <= MOST_ROWS and line + LANES * most + rest <= room
        start = line if in_lanes else start
        at = start
        for g in range(first, first + LANES):
            places[g], steps[g] = at, LANES if in_lanes else 1
            at += 1 if in_lanes else counts[g]
        start += LANES * most if in_lanes else rows
    return start


@uncounted
def sort_bucket(rows, known, counts, places, steps, room, values):  # type: ignore[no-untyped-def]
    """Fills ``values`` with one bucket's rows, the metrics ``room`` places apart.

    Value i of group g then lies at places[g] + (i − counts[g]) · steps[g]; lanes end in NaN. ``known`` are
    the sizes of the groups, or empty; ``counts``, ``places`` and ``steps`` are of a whole number of batches.
    """
    counts[:] = 0
    for g in range(known.size):
        counts[g] = known[g]
    for r in range(rows.shape[0] if known.size == 0 else 0):
        counts[np.uint64(rows[r, 0])] += 1
    used = _place_groups(counts, rows.shape[0], room, places, steps)
    if used > rows.shape[0]:
        for j in range(METRICS):
            values[j * room : j * room + used] = np.nan
    second, third = np.uint64(room), np.uint64(2 * room)
    for r in range(rows.shape[0]):
        group = np.uint64(rows[r, 0])
        at = np.uint64(places[group])
        places[group] += steps[group]
        values[at] = rows[r, 1]
        values[at + second] = rows[r, 2]
        values[at + third] = rows[r, 3]


VERSION = version_of(most_rows, _place_groups, sort_bucket)
