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
from .lanes import LANES, LANES_VERSION, average

PAIRS_UP_TO = 64  # rows of a process whose pairs are tabulated: 64 · 67 / 2 entries of 32 bytes
DRAWS = 1024  # drawn at a time from one process
SLOTS = 8192  # of one group, filled at a time
STEP = np.uint64(LANES)  # unsigned, so that no index is tested for being negative
LAST_BIT = counter_random.ONE

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
    """The most processes, and the most entries, that a group has; the most rows that a process has."""
    most_processes, most_entries, most_rows = 0, 0, 0
    for g in range(offsets.size - 1):
        entries = 0
        for p in range(offsets[g], offsets[g + 1]):
            m = starts[p + 1] - starts[p]
            entries, most_rows = entries + _tabulated(m), max(most_rows, m)
        most_processes = max(most_processes, offsets[g + 1] - offsets[g])
        most_entries = max(most_entries, entries)
    return most_processes, most_entries, most_rows


@uncounted
def _fill_places(stream, first, n, limit, m, words, halves, places):  # type: ignore[no-untyped-def]
    """``n`` integers below ``limit``, from half word ``first`` of a stream on; of pairs, their entries.

    ``halves``: the halves of ``words``. For ``limit`` = ``m`` the entry is the integer itself.
    """
    begin, at = np.uint64(first >> 1), np.uint64(first & 1)
    for i in range(np.uint64((n + 2) >> 1)):
        words[i] = _word(stream, begin + i)
    limit, m = np.uint64(limit), np.uint64(m)
    for i in range(np.uint64(n)):
        u = _below(np.uint64(halves[at + i]), limit)
        places[i] = min(u, (u + m) >> LAST_BIT)


@uncounted
def _fill_single_places(first, n, step, m, halves, places):  # type: ignore[no-untyped-def]
    """Each ``step``-th of ``n`` places is that of a single row, which stand behind the pairs."""
    at, behind, limit = np.uint64(first & 1), np.uint64(m * (m + 1) // 2), np.uint64(m)
    for i in range(np.uint64(step - 1), np.uint64(n), np.uint64(step)):
        places[i] = behind + _below(np.uint64(halves[at + i]), limit)


@uncounted
def _tabulate(rows, first, m, k, table):  # type: ignore[no-untyped-def]
    """From entry ``k`` on: each row added to itself, then to each later one; then the rows themselves."""
    k, first, end = np.uint64(k * LANES), np.uint64(first * LANES), np.uint64((first + m) * LANES)
    if m <= PAIRS_UP_TO:
        for x in range(first, end):
            table[k + x - first] = rows[x] + rows[x]
        k += end - first
        for row in range(first, end, STEP):
            for x in range(row + STEP, end, STEP):
                for lane in range(STEP):
                    table[k + lane] = rows[row + lane] + rows[x + lane]
                k += STEP
    for x in range(first, end):
        table[k + x - first] = rows[x]


@uncounted
def _fill_picks(stream, first, n, count, words, halves, places, begin):  # type: ignore[no-untyped-def]
    """Which of ``count`` processes each of ``n`` slots picks; in ``begin`` where the slots of each begin when
    they are laid together, and in ``places`` which place each slot takes there."""
    if count == 1:
        begin[0], begin[1] = 0, n
        for i in range(n):
            places[i] = i
        return
    begin[: count + 2] = 0
    _fill_places(stream, first, n, count, count, words, halves, places)
    for i in range(n):
        begin[places[i] + 2] += 1
    for p in range(count):
        begin[p + 2] += begin[p + 1]
    for i in range(n):  # what was begin[p + 1] moves on to where the next process begins
        p = places[i] + 1
        places[i] = begin[p]
        begin[p] += 1


@uncounted
def _fill_process_means(  # type: ignore[no-untyped-def]
    stream, drawn, begin, end, m, table, base, words, halves, places, found
):
    """The means of slots ``begin`` to ``end``, which pick one process after ``drawn`` others that did."""
    d = _draws_a_slot(m)
    ahead, share, limit = max(1, DRAWS // d), 1.0 / m, m * m if m <= PAIRS_UP_TO else m
    for slot in range(begin, end, ahead):
        n = min(ahead, end - slot)
        first = (drawn + slot - begin) * d
        _fill_places(stream, first, n * d, limit, m, words, halves, places)
        if m % 2 and m <= PAIRS_UP_TO:
            _fill_single_places(first, n * d, d, m, halves, places)
        for i in range(n):
            average(found, slot + i, table, base, places, i * d, d, share)


@uncounted
def _fill_process_medians(  # type: ignore[no-untyped-def]
    stream, drawn, begin, end, m, start, rows, ascending, words, halves, places, times, found
):
    """As ``_fill_process_means``. ``times``: how often each row was drawn, the same for all lanes."""
    ahead = max(1, DRAWS // m)
    for slot in range(begin, end, ahead):
        n = min(ahead, end - slot)
        _fill_places(stream, (drawn + slot - begin) * m, n * m, m, m, words, halves, places)
        for i in range(n):
            for row in range(start, start + m):
                times[row] = 0
            for k in range(i * m, (i + 1) * m):
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
                x, k = found[np.int64(order[b * count + s]) * LANES + lane], s
                while k > 0 and sorted_found[k - 1] > x:
                    sorted_found[k] = sorted_found[k - 1]
                    k -= 1
                sorted_found[k] = x
            middle = 0.5 * (sorted_found[(count - 1) // 2] + sorted_found[count // 2])
            out[column + lane, g, first + b] = middle


@uncounted
def _fill_lanes(found, n, out, column, g, first):  # type: ignore[no-untyped-def]
    """``n`` replicates from ``first`` on, of each lane that is a column."""
    for lane in range(min(LANES, out.shape[0] - column)):
        of_group = out[column + lane, g, first : first + n]
        for b in range(n):
            of_group[b] = found[b * LANES + lane]


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
        words = np.empty(max(room, DRAWS, most_rows) // 2 + 2, np.uint64)
        places, order = np.empty(max(DRAWS, most_rows), np.uint32), np.empty(room, np.uint32)
        halves = words.view(np.uint32)
        table, found, averages = (
            np.empty(most_entries * LANES),
            np.empty(room * LANES),
            np.empty(room * LANES),
        )
        begin, drawn = np.empty(most_processes + 2, np.int64), np.empty(most_processes, np.int64)
        for g in range(offsets.size - 1):
            count, base = offsets[g + 1] - offsets[g], 0
            for p in range(count):
                m = starts[offsets[g] + p + 1] - starts[offsets[g] + p]
                _tabulate(rows, starts[offsets[g] + p], m, base, table)
                base, drawn[p] = base + _tabulated(m), 0
            if count == 0:
                _fill_missing(out, column, first_group + g)
                continue
            ahead = max(1, SLOTS // count)
            for first in range(0, out.shape[2], ahead):
                n, base = min(ahead, out.shape[2] - first), 0
                _fill_picks(process_streams[g], first * count, n * count, count, words, halves, order, begin)
                for p in range(count):
                    m = starts[offsets[g] + p + 1] - starts[offsets[g] + p]
                    _fill_process_means(
                        _word(row_streams[g], np.uint64(p)),
                        drawn[p],
                        begin[p],
                        begin[p + 1],
                        m,
                        table,
                        base,
                        words,
                        halves,
                        places,
                        found,
                    )
                    base, drawn[p] = base + _tabulated(m), drawn[p] + begin[p + 1] - begin[p]
                if count > 1:
                    for b in range(n):
                        average(averages, b, found, 0, order, b * count, count, 1.0 / count)
                _fill_lanes(found if count == 1 else averages, n, out, column, first_group + g, first)

    @kernel((WHOLES_IN, WHOLES_IN, FLOATS_IN, WHOLES_IN, KEYS_IN, KEYS_IN, WHOLE, WHOLE, CUBE_OUT))
    def fill_medians(  # type: ignore[no-untyped-def]
        offsets, starts, rows, ascending, row_streams, process_streams, column, first_group, out
    ):
        """As ``fill_means``; ``ascending``: the rows of each process in order, lane after lane."""
        _ = version
        most_processes, _, most_rows = _largest(offsets, starts)
        room = max(min(SLOTS, most_processes * out.shape[2]), most_processes)
        words = np.empty(max(room, DRAWS, most_rows) // 2 + 2, np.uint64)
        places, order = np.empty(max(DRAWS, most_rows), np.uint32), np.empty(room, np.uint32)
        halves = words.view(np.uint32)
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
                _fill_picks(process_streams[g], first * count, n * count, count, words, halves, order, begin)
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
                        halves,
                        places,
                        times,
                        found,
                    )
                    drawn[p] += begin[p + 1] - begin[p]
                _fill_medians(found, order, n, count, sorted_found, out, column, first_group + g, first)

    return fill_means, fill_medians


fill_means, fill_medians = _compile(version_of(*_STATED) + LANES_VERSION)
