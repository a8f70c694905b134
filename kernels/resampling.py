"""Replicates of the bootstrap, compiled: ``bootstrap.py`` checks and lays out what comes here.

Means of small processes are drawn two rows at a time, from a table of the sums of all pairs: half the random
numbers and half the additions, of the same distribution. A pair of different rows stands once in the table,
for both of its orders: of m² ordered pairs, number u is entry min(u, (u + m) // 2), so that the m pairs of a
row with itself are drawn once and the others twice. Medians are found by counting how often each row was
drawn, and walking the sorted rows until half of the draws are passed.

What a replicate draws: its k slots pick processes by halves of words b·k to b·k + k − 1 of the group's second
stream. Each process has a stream of its own, from the group's first one, and the slots that pick it take
its d draws from there in their order: the i-th from halves i·d to i·d + d − 1. So all that is drawn from one
process stands together, words, places and sums in a loop each, and its table stays in the first cache.

``rows`` holds LANES values of each row, side by side. Arrays are handed on whole, with where to start,
as a slice in the inner loop would cost as much as a draw.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from . import counter_random
from .jit import CUBE_OUT, FLOATS_IN, KEYS_IN, WHOLE, WHOLES_IN, elementary, kernel, uncounted, version_of
from .lanes import LANES, LANES_VERSION, add_pairs, average, spread
from .places import PLACES_VERSION, WIDTH, fill_places

PAIRS_UP_TO = 64  # rows of a process whose pairs are tabulated: 64 · 67 / 2 entries of 32 bytes
DRAWS = 1024  # drawn at a time from one process
SLOTS = 16384  # of one group, filled at a time
STEP = np.uint64(LANES)  # unsigned, so that no index is tested for being negative
IN_LANES, AS_THEY_ARE = 2, 0  # places are multiples of LANES where they name entries
ROOM = 2 * WIDTH  # for the halves that are drawn together with the last

_STATED = counter_random.word, counter_random.below
_word, _below = (elementary(function) for function in _STATED)


@uncounted
def _draws_a_slot(m: int) -> int:
    """How many draws make ``m`` rows: of two each where pairs are tabulated, the last of an odd row alone."""
    return (m + 1) // 2 if m <= PAIRS_UP_TO else m


@uncounted
def _tabulated(m: int) -> int:
    """How many entries the table of a process of ``m`` rows has."""
    return m * (m + 3) // 2 if m <= PAIRS_UP_TO else m


@uncounted
def _largest(offsets, starts):  # type: ignore[no-untyped-def]
    """The most processes that a group has; the most entries, and the most rows, that a process has."""
    most_processes, most_entries, most_rows = 0, 0, 0
    for g in range(offsets.size - 1):
        most_processes = max(most_processes, offsets[g + 1] - offsets[g])
        for p in range(offsets[g], offsets[g + 1]):
            m = starts[p + 1] - starts[p]
            most_entries, most_rows = max(most_entries, _tabulated(m)), max(most_rows, m)
    return most_processes, most_entries, most_rows


@uncounted
def _fill_places(stream, first, n, limit, m, shift, words, places):  # type: ignore[no-untyped-def]
    """``n`` integers below ``limit``, from half word ``first`` of a stream on; of pairs, their entries.

    Returns where in ``places`` they begin.
    """
    fill_places(stream, np.uint64(first >> 1), (n + 2) >> 1, limit, m, shift, words, places)
    return first & 1


@uncounted
def _fill_single_places(at, n, step, m, halves, places):  # type: ignore[no-untyped-def]
    """Each ``step``-th of ``n`` places is that of a single row, which stand behind the pairs."""
    begin, end = np.uint64(at + step - 1), np.uint64(at + n)
    behind, limit = np.uint64(m * (m + 1) // 2), np.uint64(m)
    for i in range(begin, end, np.uint64(step)):
        places[i] = (behind + _below(np.uint64(halves[i]), limit)) * STEP


@uncounted
def _tabulate(rows, first, m, table):  # type: ignore[no-untyped-def]
    """The sums of all pairs where they are tabulated, then the rows themselves."""
    pairs = m * (m + 1) // 2 if m <= PAIRS_UP_TO else 0
    if pairs > 0:
        add_pairs(rows, first, m, table)
    behind, first = np.uint64(pairs * LANES), np.uint64(first * LANES)
    for x in range(np.uint64(m * LANES)):
        table[behind + x] = rows[first + x]


@uncounted
def _fill_picks(stream, first, n, count, words, places, begin):  # type: ignore[no-untyped-def]
    """Which of ``count`` processes each of ``n`` slots picks; in ``begin`` where the slots of each begin when
    they are laid together, and in ``places`` which entry each slot takes there, times LANES."""
    if count == 1:
        begin[0], begin[1] = 0, n
        for i in range(n):
            places[i] = i * LANES
        return
    begin[: count + 2] = 0
    at = _fill_places(stream, first, n, count, count, AS_THEY_ARE, words, places)
    for i in range(at, at + n):
        begin[places[i] + 2] += 1
    for p in range(count):
        begin[p + 2] += begin[p + 1]
    for i in range(n):  # what was begin[p + 1] moves on to where the next process begins
        p = places[at + i] + 1
        places[i] = begin[p] * LANES
        begin[p] += 1


@uncounted
def _fill_slots(stream, slot, n, m, table, words, halves, places, found, at):  # type: ignore[no-untyped-def]
    """The means of ``n`` resamples of a process, from number ``slot`` on, into ``found`` from ``at`` on."""
    d, limit = _draws_a_slot(m), m * m if m <= PAIRS_UP_TO else m
    begin = _fill_places(stream, slot * d, n * d, limit, m, IN_LANES, words, places)
    if m % 2 and m <= PAIRS_UP_TO:
        _fill_single_places(begin, n * d, d, m, halves, places)
    average(found, at, table, 0, places, begin, d, n, 1.0 / m)


@uncounted
def _fill_process_means(  # type: ignore[no-untyped-def]
    stream, drawn, begin, end, m, table, words, halves, places, found
):
    """The means of slots ``begin`` to ``end``, which pick one process after ``drawn`` others that did."""
    ahead = max(1, DRAWS // _draws_a_slot(m))
    for slot in range(begin, end, ahead):
        n = min(ahead, end - slot)
        _fill_slots(stream, drawn + slot - begin, n, m, table, words, halves, places, found, slot)


@uncounted
def _fill_row_means(  # type: ignore[no-untyped-def]
    stream, m, table, words, halves, places, found, out, column, g
):
    """All replicates of a group of one process, which are its slots."""
    ahead = max(1, DRAWS // _draws_a_slot(m))
    for first in range(0, out.shape[2], ahead):
        n = min(ahead, out.shape[2] - first)
        _fill_slots(stream, first, n, m, table, words, halves, places, found, 0)
        _fill_lanes(found, n, out, column, g, first)


@uncounted
def _fill_process_medians(  # type: ignore[no-untyped-def]
    stream, drawn, begin, end, m, start, rows, ascending, words, places, times, found
):
    """As ``_fill_process_means``. ``times``: how often each row was drawn, the same for all lanes."""
    ahead = max(1, DRAWS // m)
    for slot in range(begin, end, ahead):
        n = min(ahead, end - slot)
        first = (drawn + slot - begin) * m
        at = _fill_places(stream, first, n * m, m, m, AS_THEY_ARE, words, places)
        for i in range(n):
            for row in range(start, start + m):
                times[row] = 0
            for k in range(at + i * m, at + (i + 1) * m):
                times[start + places[k]] += 1
            for lane in range(LANES):
                middle = _middle(ascending, lane * times.size + start, m, rows, lane, times)
                found[(slot + i) * LANES + lane] = middle


@uncounted
def _middle(ascending, k, m, rows, lane, times):  # type: ignore[no-untyped-def]
    """The median of ``m`` draws of the rows at ``ascending[k]``, ``ascending[k + 1]``, …, in one lane."""
    seen = times[ascending[k]]
    while seen <= (m - 1) // 2:
        k += 1
        seen += times[ascending[k]]
    lower = rows[ascending[k] * LANES + lane]
    while seen <= m // 2:
        k += 1
        seen += times[ascending[k]]
    return 0.5 * (lower + rows[ascending[k] * LANES + lane])


@uncounted
def _fill_medians(found, order, n, count, sorted_found, out, column, g, first):  # type: ignore[no-untyped-def]
    """The median over the slots of each of ``n`` replicates from ``first`` on; ``order``: which are its."""
    for lane in range(min(LANES, out.shape[0] - column)):
        for b in range(n):
            for s in range(count):
                x, k = found[np.int64(order[b * count + s]) + lane], s
                while k > 0 and sorted_found[k - 1] > x:
                    sorted_found[k] = sorted_found[k - 1]
                    k -= 1
                sorted_found[k] = x
            middle = 0.5 * (sorted_found[(count - 1) // 2] + sorted_found[count // 2])
            out[column + lane, g, first + b] = middle


@uncounted
def _fill_lanes(found, n, out, column, g, first):  # type: ignore[no-untyped-def]
    """``n`` replicates from ``first`` on, of each lane that is a column."""
    lanes, stride = min(LANES, out.shape[0] - column), out.shape[1] * out.shape[2]
    spread(found, n, out, (column * out.shape[1] + g) * out.shape[2] + first, stride, lanes)


@uncounted
def _fill_missing(out, column, g):  # type: ignore[no-untyped-def]
    """NaN for a group without rows."""
    for lane in range(min(LANES, out.shape[0] - column)):
        for b in range(out.shape[2]):
            out[column + lane, g, b] = np.nan


def _compile(version: str) -> tuple[Any, Any]:
    """The two kernels, renewed in Numba's cache whenever ``version`` is another."""

    @kernel((WHOLES_IN, WHOLES_IN, FLOATS_IN, KEYS_IN, KEYS_IN, WHOLE, WHOLE, CUBE_OUT))
    def fill_means(  # type: ignore[no-untyped-def]
        offsets, starts, rows, row_streams, process_streams, column, first_group, out
    ):
        """Fills the replicates of groups from ``first_group`` on, of LANES columns from ``column`` on."""
        _ = version
        most_processes, most_entries, most_rows = _largest(offsets, starts)
        room = max(min(SLOTS, most_processes * out.shape[2]), most_processes)
        words = np.empty(max(room, DRAWS, most_rows) // 2 + ROOM, np.uint64)
        places, order = np.empty(max(DRAWS, most_rows) + ROOM, np.uint32), np.empty(room + ROOM, np.uint32)
        halves = words.view(np.uint32)
        table, found = np.empty(most_entries * LANES), np.empty(max(room, DRAWS) * LANES)
        averages = np.empty(room * LANES)
        begin, drawn = np.empty(most_processes + 2, np.int64), np.empty(most_processes, np.int64)
        for g in range(offsets.size - 1):
            start, count = offsets[g], offsets[g + 1] - offsets[g]
            if count == 0:
                _fill_missing(out, column, first_group + g)
                continue
            if count == 1:
                m = starts[start + 1] - starts[start]
                _tabulate(rows, starts[start], m, table)
                stream = _word(row_streams[g], np.uint64(0))
                _fill_row_means(stream, m, table, words, halves, places, found, out, column, first_group + g)
                continue
            drawn[:count] = 0
            ahead = max(1, SLOTS // count)
            for first in range(0, out.shape[2], ahead):
                n = min(ahead, out.shape[2] - first)
                _fill_picks(process_streams[g], first * count, n * count, count, words, order, begin)
                for p in range(count):
                    m = starts[start + p + 1] - starts[start + p]
                    _tabulate(rows, starts[start + p], m, table)
                    stream = _word(row_streams[g], np.uint64(p))
                    picked = begin[p], begin[p + 1]
                    _fill_process_means(stream, drawn[p], *picked, m, table, words, halves, places, found)
                    drawn[p] += begin[p + 1] - begin[p]
                average(averages, 0, found, 0, order, 0, count, n, 1.0 / count)
                _fill_lanes(averages, n, out, column, first_group + g, first)

    @kernel((WHOLES_IN, WHOLES_IN, FLOATS_IN, WHOLES_IN, KEYS_IN, KEYS_IN, WHOLE, WHOLE, CUBE_OUT))
    def fill_medians(  # type: ignore[no-untyped-def]
        offsets, starts, rows, ascending, row_streams, process_streams, column, first_group, out
    ):
        """As ``fill_means``; ``ascending``: the rows of each process in order, lane after lane."""
        _ = version
        most_processes, _, most_rows = _largest(offsets, starts)
        room = max(min(SLOTS, most_processes * out.shape[2]), most_processes)
        words = np.empty(max(room, DRAWS, most_rows) // 2 + ROOM, np.uint64)
        places, order = np.empty(max(DRAWS, most_rows) + ROOM, np.uint32), np.empty(room + ROOM, np.uint32)
        times, found = np.empty(rows.size // LANES, np.int64), np.empty(room * LANES)
        sorted_found = np.empty(most_processes)
        begin, drawn = np.empty(most_processes + 2, np.int64), np.empty(most_processes, np.int64)
        for g in range(offsets.size - 1):
            count = offsets[g + 1] - offsets[g]
            if count == 0:
                _fill_missing(out, column, first_group + g)
                continue
            drawn[:count] = 0
            ahead = max(1, SLOTS // count)
            for first in range(0, out.shape[2], ahead):
                n = min(ahead, out.shape[2] - first)
                _fill_picks(process_streams[g], first * count, n * count, count, words, order, begin)
                for p in range(count):
                    start = starts[offsets[g] + p]
                    m = starts[offsets[g] + p + 1] - start
                    _fill_process_medians(
                        _word(row_streams[g], np.uint64(p)),
                        drawn[p],
                        begin[p],
                        begin[p + 1],
                        m,
                        start,
                        rows,
                        ascending,
                        words,
                        places,
                        times,
                        found,
                    )
                    drawn[p] += begin[p + 1] - begin[p]
                _fill_medians(found, order, n, count, sorted_found, out, column, first_group + g, first)

    return fill_means, fill_medians


fill_means, fill_medians = _compile(version_of(*_STATED) + LANES_VERSION + PLACES_VERSION)
