"""Replicates of the bootstrap, compiled: ``bootstrap.py`` checks and lays out what comes here.

Means of small processes are drawn two rows at a time, from a table of the sums of all ordered pairs: half
the random numbers and half the additions, of the same distribution. Medians are found by counting how
often each row was drawn, and walking the sorted rows until half of the draws are passed.

Replicate b, slot s of a group of k processes draws from words (b·k + s)·w to (b·k + s + 1)·w of the
group's stream, where w suffices for its largest process.

``rows`` holds LANES values of each row, side by side. Arrays are handed on whole, with where to start,
as a slice in the inner loop would cost as much as a draw.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from . import counter_random
from .jit import (
    CUBE_OUT,
    FLOATS_IN,
    KEYS_IN,
    WHOLE,
    WHOLES_IN,
    elementary,
    inlined,
    kernel,
    uncounted,
    version_of,
)

LANES = 3  # columns that are resampled together
PAIRS_UP_TO = 64  # rows of a process whose pairs are tabulated: 64² × 24 bytes stay in the second cache
BLOCK = 2048  # random words drawn at a time
# Unsigned, so that no index is tested for being negative.
STRIDE, SECOND, THIRD = np.uint64(LANES), np.uint64(1), np.uint64(2)

_STATED = counter_random.word, counter_random.low_half, counter_random.high_half, counter_random.below
_word, _low_half, _high_half, _below = (elementary(function) for function in _STATED)


@uncounted
def _rows_a_draw(m: int) -> int:
    """How many rows of a process of ``m`` one half of a word draws for a mean."""
    return 2 if m <= PAIRS_UP_TO else 1


@uncounted
def _different_draws(m: int) -> int:
    """How many different draws of a half of a word there are."""
    return m * m if m <= PAIRS_UP_TO else m


@uncounted
def _words_a_slot(m: int, a_draw: int) -> int:
    """How many words it takes to draw ``m`` rows, by two halves each of ``a_draw`` rows."""
    return (m + 2 * a_draw - 1) // (2 * a_draw)


@uncounted
def _largest_group(offsets, starts):  # type: ignore[no-untyped-def]
    """The most words a replicate, and the most room in the table of draws, that a group takes."""
    most_words, most_room = BLOCK, 0
    for g in range(offsets.size - 1):
        width, room = 0, 0
        for p in range(offsets[g], offsets[g + 1]):
            m = starts[p + 1] - starts[p]
            width, room = max(width, _words_a_slot(m, 1)), room + _different_draws(m) * LANES
        most_words = max(most_words, width * (offsets[g + 1] - offsets[g]))
        most_room = max(most_room, room)
    return most_words, most_room


@uncounted
def _fill_words(stream, first, n, out):  # type: ignore[no-untyped-def]
    for i in range(n):
        out[i] = _word(stream, np.uint64(first + i))


@uncounted
def _fill_picks(stream, first, n, start, count, out):  # type: ignore[no-untyped-def]
    """Which process each slot draws, of the ``count`` from ``start`` on."""
    for i in range(n):
        out[i] = start
        if count > 1:
            half = _high_half(_word(stream, np.uint64(first + i)))
            out[i] += np.int64(_below(half, np.uint64(count)))


@uncounted
def _tabulate(rows, first, m, k, table):  # type: ignore[no-untyped-def]
    """From ``table[k]`` on, the sums of all pairs of the rows of a process; of a large one its rows."""
    paired = _rows_a_draw(m) == 2
    for i in range(first * LANES, (first + m) * LANES, LANES):
        if paired:
            for j in range(first * LANES, (first + m) * LANES, LANES):
                for lane in range(LANES):
                    table[k + lane] = rows[i + lane] + rows[j + lane]
                k += LANES
        else:
            for lane in range(LANES):
                table[k + lane] = rows[i + lane]
            k += LANES
    return k


@inlined
def _drawn_sums(words, first, m, table, base, rows, start):  # type: ignore[no-untyped-def]
    """The sums of ``m`` drawn rows of one process, one a lane; words from ``first`` on say which.

    The low and the high halves are summed apart. What is left after whole words takes one more: its low
    half a draw like the others, if that many rows are left, its high half a single row.
    """
    a_draw, limit = _rows_a_draw(m), np.uint64(_different_draws(m))
    whole, left = first + np.uint64(m >> a_draw), m & (2 * a_draw - 1)
    a0, a1, a2, b0, b1, b2 = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for w in range(first, whole):
        i = base + _below(_low_half(words[w]), limit) * STRIDE
        a0, a1, a2 = a0 + table[i], a1 + table[i + SECOND], a2 + table[i + THIRD]
        i = base + _below(_high_half(words[w]), limit) * STRIDE
        b0, b1, b2 = b0 + table[i], b1 + table[i + SECOND], b2 + table[i + THIRD]
    if left >= a_draw:
        i = base + _below(_low_half(words[whole]), limit) * STRIDE
        a0, a1, a2 = a0 + table[i], a1 + table[i + SECOND], a2 + table[i + THIRD]
    if left & (a_draw - 1):
        i = (start + _below(_high_half(words[whole]), np.uint64(m))) * STRIDE
        b0, b1, b2 = b0 + rows[i], b1 + rows[i + SECOND], b2 + rows[i + THIRD]
    return a0 + b0, a1 + b1, a2 + b2


@uncounted
def _fill_sums(words, width, slots, m, table, rows, start, found):  # type: ignore[no-untyped-def]
    """What each slot draws from the only process of a group, summed, lane after lane."""
    second, third = np.uint64(slots), np.uint64(2 * slots)
    for slot in range(np.uint64(slots)):
        first = slot * np.uint64(width)
        sums = _drawn_sums(words, first, m, table, np.uint64(0), rows, np.uint64(start))
        found[slot], found[second + slot], found[third + slot] = sums


@uncounted
def _fill_process_means(  # type: ignore[no-untyped-def]
    words, width, picks, slots, rows, starts, table, table_starts, found
):
    """The mean of what each slot draws from the process that it picked, lane after lane."""
    second, third = np.uint64(slots), np.uint64(2 * slots)
    for slot in range(np.uint64(slots)):
        p = picks[slot]
        start, m, base = np.uint64(starts[p]), starts[p + 1] - starts[p], np.uint64(table_starts[p])
        s0, s1, s2 = _drawn_sums(words, slot * np.uint64(width), m, table, base, rows, start)
        share = 1.0 / m
        found[slot], found[second + slot], found[third + slot] = s0 * share, s1 * share, s2 * share


@uncounted
def _fill_averages(found, count, share, out, column, g, first, last):  # type: ignore[no-untyped-def]
    """``share`` times what was found in the drawn processes, for replicates ``first`` to ``last``."""
    n = last - first
    for lane in range(min(LANES, out.shape[0] - column)):
        of_group = out[column + lane, g, first:last]
        if count == 1:
            of_lane = found[lane * n : (lane + 1) * n]
            for b in range(n):
                of_group[b] = of_lane[b] * share
            continue
        for b in range(n):
            total = 0.0
            for slot in range((lane * n + b) * count, (lane * n + b + 1) * count):
                total += found[slot]
            of_group[b] = total * share


@uncounted
def _fill_process_medians(  # type: ignore[no-untyped-def]
    words, width, picks, slots, rows, ascending, starts, times, lanes, found
):
    """The median of what each slot draws from the process that it picked, lane after lane.

    ``times``: how often each row was drawn, the same for all lanes.
    """
    for slot in range(slots):
        start, m = starts[picks[slot]], starts[picks[slot] + 1] - starts[picks[slot]]
        first, base, limit = np.uint64(slot * width), np.uint64(start), np.uint64(m)
        times[start : start + m] = 0
        for w in range(first, first + np.uint64(m // 2)):
            times[base + _below(_low_half(words[w]), limit)] += 1
            times[base + _below(_high_half(words[w]), limit)] += 1
        if m % 2:
            times[base + _below(_low_half(words[first + np.uint64(m // 2)]), limit)] += 1
        for lane in range(lanes):
            found[lane * slots + slot] = _middle(ascending, lane * times.size + start, m, rows, lane, times)


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
def _fill_medians(found, count, sorted_found, out, column, g, first, last):  # type: ignore[no-untyped-def]
    """The median over the drawn processes of replicates ``first`` to ``last`` of group ``g``."""
    for lane in range(min(LANES, out.shape[0] - column)):
        for b in range(last - first):
            for s in range(count):
                x, k = found[(lane * (last - first) + b) * count + s], s
                while k > 0 and sorted_found[k - 1] > x:
                    sorted_found[k] = sorted_found[k - 1]
                    k -= 1
                sorted_found[k] = x
            middle = 0.5 * (sorted_found[(count - 1) // 2] + sorted_found[count // 2])
            out[column + lane, g, first + b] = middle


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
        most_words, room = _largest_group(offsets, starts)
        words, picks = np.empty(most_words, np.uint64), np.empty(most_words, np.int64)
        table, table_starts = np.empty(room), np.empty(starts.size, np.int64)
        found = np.empty(most_words * LANES)
        for g in range(offsets.size - 1):
            count, width, filled, m = offsets[g + 1] - offsets[g], 0, 0, 0
            for p in range(offsets[g], offsets[g + 1]):
                m = starts[p + 1] - starts[p]
                width, table_starts[p] = max(width, _words_a_slot(m, _rows_a_draw(m))), filled
                filled = _tabulate(rows, starts[p], m, filled, table)
            if count == 0:
                _fill_missing(out, column, first_group + g)
                continue
            ahead = max(1, BLOCK // (width * count))
            for first in range(0, out.shape[2], ahead):
                last = min(first + ahead, out.shape[2])
                slots = (last - first) * count
                _fill_words(row_streams[g], first * count * width, slots * width, words)
                if count == 1:
                    _fill_sums(words, width, slots, m, table, rows, starts[offsets[g]], found)
                    share = 1.0 / m
                else:
                    _fill_picks(process_streams[g], first * count, slots, offsets[g], count, picks)
                    _fill_process_means(words, width, picks, slots, rows, starts, table, table_starts, found)
                    share = 1.0 / count
                _fill_averages(found, count, share, out, column, first_group + g, first, last)

    @kernel((WHOLES_IN, WHOLES_IN, FLOATS_IN, WHOLES_IN, KEYS_IN, KEYS_IN, WHOLE, WHOLE, CUBE_OUT))
    def fill_medians(  # type: ignore[no-untyped-def]
        offsets, starts, rows, ascending, row_streams, process_streams, column, first_group, out
    ):
        """As ``fill_means``; ``ascending``: the rows of each process in order, lane after lane."""
        _ = version
        most_words, _ = _largest_group(offsets, starts)
        words, picks = np.empty(most_words, np.uint64), np.empty(most_words, np.int64)
        times, lanes = np.empty(rows.size // LANES, np.int64), min(LANES, out.shape[0] - column)
        found, sorted_found = np.empty(most_words * LANES), np.empty(offsets[-1])
        for g in range(offsets.size - 1):
            count, width = offsets[g + 1] - offsets[g], 0
            for p in range(offsets[g], offsets[g + 1]):
                width = max(width, _words_a_slot(starts[p + 1] - starts[p], 1))
            if count == 0:
                _fill_missing(out, column, first_group + g)
                continue
            ahead = max(1, BLOCK // (width * count))
            for first in range(0, out.shape[2], ahead):
                last = min(first + ahead, out.shape[2])
                slots = (last - first) * count
                _fill_words(row_streams[g], first * count * width, slots * width, words)
                _fill_picks(process_streams[g], first * count, slots, offsets[g], count, picks)
                _fill_process_medians(
                    words, width, picks, slots, rows, ascending, starts, times, lanes, found
                )
                _fill_medians(found, count, sorted_found, out, column, first_group + g, first, last)

    return fill_means, fill_medians


fill_means, fill_medians = _compile(version_of(*_STATED))
