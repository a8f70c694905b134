"""What many groups compare, all at once: the configurations that all hardware has decided (scoring.md §1).

Results lie in levels: rows in stacks, stacks in hardware, hardware in groups. A row is what one hardware has
decided of one configuration under one stack: it ran, or was tried without success. The first of a hardware's
stacks speaks for it, or the first that has decided the batch that is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import types
from numpy.typing import ArrayLike, NDArray

from .columns import mark_table, whole_column
from .jit import FLOATS_IN, MARKS_IN, WHOLES_IN, WHOLES_OUT, elementary, kernel

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]

# The columns of ``Levels.rows``.
PLACE, BATCH, COMBINATION, PRECISION, MODE, STATE, RUNS, MEMORY = range(8)
# How a row ended: it ran; it failed; it failed in a way that decides other configurations, too.
RAN, FAILED, OUT_OF_MEMORY, NO_PRECISION, NO_MODE = range(5)
# On what the hardware of a group is compared: nothing, as none runs; K*; any batch of one combination that
# all share; whatever each runs.
NOTHING, COMMON, SHARED, APART = range(4)

_ROWS_IN = types.Array(types.int64, 2, "C", readonly=True)
_LEVELS_IN = (WHOLES_IN, WHOLES_IN, WHOLES_IN, _ROWS_IN, FLOATS_IN)


@dataclass(frozen=True, slots=True)
class Levels:
    """What g groups hold. Rows lie by stack, within it by place; the first stack of a hardware speaks first.

    ``rows``: int64[r, 8]. PLACE numbers configurations in their order, BATCH is positive, COMBINATION numbers
    what a configuration is but for its batch, in order; PRECISION and MODE number those of it. STATE is one
    of RAN … NO_MODE, RUNS counts ok processes, MEMORY is 1 where peak memory is known.
    """

    groups: Wholes  # where each one's hardware starts, int64[g + 1]
    hardware: Wholes  # where each one's stacks start, int64[h + 1]
    stacks: Wholes  # where each one's rows start, int64[s + 1]
    rows: Wholes
    throughput: Floats  # float64[r], of rows that ran


@dataclass(frozen=True, slots=True)
class Compared:
    """The candidates of each of q questions."""

    offsets: Wholes  # int64[q + 1]: where those of each start in ``candidates``
    candidates: Wholes  # rows, by hardware and place
    basis: Wholes  # int64[q]: NOTHING, COMMON, SHARED or APART
    decided: Wholes  # int64[q]: how many configurations K* has
    running: Wholes  # int64[q]: how much hardware runs something that is asked for


def compare_groups(levels: Levels, groups: ArrayLike, batches: ArrayLike, strict: ArrayLike) -> Compared:
    """What each of q questions compares: of its group, int64[q], at its batch, int64[q] (0: any).

    ``strict``, bool[q]: candidates without memory are none, where some have it. Where batch alone stands in
    the way of a K*, each hardware's fastest is compared within the combination that all share; of several,
    the one with the fastest of all. Raises TypeError, ValueError for what is of another kind or shape.
    """
    groups, batches = whole_column("groups", groups), whole_column("batches", batches, np.size(groups))
    held = levels.stacks[levels.hardware[levels.groups]]
    most = int((held[groups + 1] - held[groups]).sum())
    hardware = int(np.diff(levels.groups).max(initial=0))
    places, combinations = (int(levels.rows[:, c].max(initial=-1)) + 1 for c in (PLACE, COMBINATION))
    count, result = groups.size, np.empty(most, np.int64)
    found = Compared(np.zeros(count + 1, np.int64), result, *np.zeros((3, count), np.int64))
    speaking = np.empty(hardware, np.int64)
    tallies = np.zeros((4, max(places, combinations, 1)), np.int64)
    _fill_compared(
        *(levels.groups, levels.hardware, levels.stacks, levels.rows, levels.throughput),
        *(groups, batches, mark_table("strict", strict, groups.shape), speaking, *tallies),
        *(found.offsets, found.candidates, found.basis, found.decided, found.running),
    )
    filled = result[: found.offsets[-1]]
    return Compared(found.offsets, filled, found.basis, found.decided, found.running)


def lacking(levels: Levels, groups: ArrayLike, rows: ArrayLike, shared: ArrayLike) -> tuple[Wholes, Wholes]:
    """Which running hardware of a group has not decided the configuration of a row, or, where ``shared``,
    runs nothing of its combination: where those of each begin, int64[q + 1], and their numbers.

    Under the stacks that speak first, at any batch. Raises TypeError, ValueError.
    """
    groups, rows = whole_column("groups", groups), whole_column("rows", rows, np.size(groups))
    most = int((levels.groups[groups + 1] - levels.groups[groups]).sum())
    offsets, found = np.zeros(groups.size + 1, np.int64), np.empty(most, np.int64)
    _fill_lacking(
        *(levels.groups, levels.hardware, levels.stacks, levels.rows, levels.throughput),
        *(groups, rows, mark_table("shared", shared, groups.shape), offsets, found),
    )
    return offsets, found[: offsets[-1]]


@elementary
def _alive(rows: Any, i: int, without_memory: bool) -> Any:
    """Whether a row counts: what ran without the memory that is required does not."""
    return without_memory or rows[i, STATE] != RAN or rows[i, MEMORY] == 1


@elementary
def _candidate(rows: Any, i: int, batch: int, without_memory: bool) -> Any:
    """Whether a row ran what is asked for."""
    asked = batch == 0 or rows[i, BATCH] == batch
    return asked and rows[i, STATE] == RAN and (without_memory or rows[i, MEMORY] == 1)


@elementary
def _speaks(stacks: Any, rows: Any, first: int, end: int, batch: int) -> Any:
    """Which of a hardware's stacks speaks."""
    if batch != 0 and end - first > 1:
        for s in range(first, end):
            for i in range(stacks[s], stacks[s + 1]):
                if rows[i, BATCH] == batch:
                    return s
    return first


@elementary
def _decides(rows: Any, a: int, b: int, k: int, without_memory: bool) -> Any:
    """Whether the rows a … b of one stack, some of which ran, decide the configuration of row ``k``."""
    largest, precision_ran, mode_ran = 0, False, False
    for i in range(a, b):
        if not _alive(rows, i, without_memory):
            continue
        if rows[i, PLACE] == rows[k, PLACE]:
            return True
        if rows[i, STATE] == RAN:
            precision_ran |= rows[i, PRECISION] == rows[k, PRECISION]
            mode_ran |= rows[i, MODE] == rows[k, MODE]
            if rows[i, COMBINATION] == rows[k, COMBINATION]:
                largest = max(largest, rows[i, BATCH])
    for i in range(a, b):
        state = rows[i, STATE]
        if state == OUT_OF_MEMORY:  # below a batch that ran it proves nothing
            if (
                rows[i, COMBINATION] == rows[k, COMBINATION]
                and largest < rows[i, BATCH]
                and rows[i, BATCH] < rows[k, BATCH]
            ):
                return True
        elif state == NO_PRECISION:
            if not precision_ran and rows[i, PRECISION] == rows[k, PRECISION]:
                return True
        elif state == NO_MODE and not mode_ran and rows[i, MODE] == rows[k, MODE]:
            return True
    return False


@elementary
def _requires_memory(stacks: Any, hardware: Any, rows: Any, first: int, end: int, batch: int) -> Any:
    """Whether some candidate under the stacks that speak has its memory."""
    for h in range(first, end):
        s = _speaks(stacks, rows, hardware[h], hardware[h + 1], batch)
        for i in range(stacks[s], stacks[s + 1]):
            if rows[i, MEMORY] == 1 and _candidate(rows, i, batch, True):
                return True
    return False


@elementary
def _fill_speaking(
    stacks: Any, hardware: Any, rows: Any, first: int, end: int, batch: int, without: bool, speaking: Any
) -> Any:
    """Fills the stack of each hardware that runs what is asked for, −1 for others; how many run."""
    running = 0
    for h in range(first, end):
        s = _speaks(stacks, rows, hardware[h], hardware[h + 1], batch)
        speaking[h - first] = -1
        for i in range(stacks[s], stacks[s + 1]):
            if _candidate(rows, i, batch, without):
                speaking[h - first] = s
                running += 1
                break
    return running


@elementary
def _implying(stacks: Any, rows: Any, speaking: Any) -> Any:
    """On how much hardware a failure may decide other configurations."""
    count = 0
    for s in speaking:
        if s >= 0:
            for i in range(stacks[s], stacks[s + 1]):
                if rows[i, STATE] >= OUT_OF_MEMORY:
                    count += 1
                    break
    return count


@elementary
def _fill_decided(
    stacks: Any, rows: Any, speaking: Any, running: int, batch: int, without: bool, tallies: Any
) -> Any:
    """Marks K* in ``kept``, by place; how many there are, and how many places were seen.

    ``tallies``: how many have decided a place, whether it ran, ``kept`` and the places' first rows.
    """
    tried, ran, kept, seen = tallies
    known = 0
    for s in speaking:
        if s < 0:
            continue
        for i in range(stacks[s], stacks[s + 1]):
            if not _alive(rows, i, without) or (batch != 0 and rows[i, BATCH] != batch):
                continue
            p = rows[i, PLACE]
            if tried[p] == 0:
                seen[known], known = i, known + 1
            tried[p] += 1
            ran[p] |= rows[i, STATE] == RAN
    implying, size, anywhere = _implying(stacks, rows, speaking), 0, False
    for j in range(known):
        k, p = seen[j], rows[seen[j], PLACE]
        decided = tried[p] == running
        if not decided and tried[p] + implying >= running:
            decided = True
            for s in speaking:
                if s >= 0 and not _decides(rows, stacks[s], stacks[s + 1], k, without):
                    decided = False
                    break
        kept[p] = decided
        size += decided
        anywhere |= decided and ran[p] == 1
    return (size if anywhere else 0), known


@elementary
def _fastest(rows: Any, throughput: Any, a: int, b: int, batch: int, without: bool, combination: int) -> Any:
    """The fastest candidate of a stack, of one combination unless that is −1; −1 where there is none."""
    best = -1
    for i in range(a, b):
        if not _candidate(rows, i, batch, without) or combination not in (-1, rows[i, COMBINATION]):
            continue
        if (
            best < 0
            or throughput[i] > throughput[best]
            or (throughput[i] == throughput[best] and rows[i, RUNS] > rows[best, RUNS])
        ):
            best = i  # of equals the first in order of places
    return best


@elementary
def _shared(
    stacks: Any,
    rows: Any,
    throughput: Any,
    speaking: Any,
    running: int,
    batch: int,
    without: bool,
    tallies: Any,
) -> Any:
    """The combination that all running hardware has candidates of, the one with the fastest; −1: none."""
    having, last, fastest, seen = tallies
    known = 0
    for j in range(speaking.size):
        s = speaking[j]
        if s < 0:
            continue
        for i in range(stacks[s], stacks[s + 1]):
            if not _candidate(rows, i, batch, without):
                continue
            c = rows[i, COMBINATION]
            if having[c] == 0:
                seen[known], known = c, known + 1
                fastest[c] = i
            if last[c] != j + 1:
                having[c] += 1
                last[c] = j + 1
            if throughput[i] > throughput[fastest[c]]:
                fastest[c] = i
    best = -1
    for j in range(known):
        c = seen[j]
        if having[c] == running:
            lead = 1.0 if best < 0 else throughput[fastest[c]] - throughput[fastest[best]]
            if lead > 0.0 or (lead == 0.0 and c < best):
                best = c
    for j in range(known):
        having[seen[j]], last[seen[j]] = 0, 0
    for j in range(known):
        fastest[seen[j]] = 0
    return best


@kernel(
    (
        *_LEVELS_IN,
        *(WHOLES_IN, WHOLES_IN, MARKS_IN, WHOLES_OUT, *[WHOLES_OUT] * 4),
        *[WHOLES_OUT] * 5,
    )
)
def _fill_compared(
    groups: Any,
    hardware: Any,
    stacks: Any,
    rows: Any,
    throughput: Any,
    of_group: Any,
    batches: Any,
    strict: Any,
    scratch: Any,
    tally_a: Any,
    tally_b: Any,
    tally_c: Any,
    tally_d: Any,
    offsets: Any,
    found: Any,
    basis: Any,
    size: Any,
    running: Any,
) -> None:
    """Fills what each question compares. Tallies are 0 between questions, but for what lists the seen."""
    tallies, filled = (tally_a, tally_b, tally_c, tally_d), 0
    for q in range(of_group.size):
        first, end = groups[of_group[q]], groups[of_group[q] + 1]
        batch, speaking = batches[q], scratch[: end - first]
        without = not (strict[q] and _requires_memory(stacks, hardware, rows, first, end, batch))
        running[q] = _fill_speaking(stacks, hardware, rows, first, end, batch, without, speaking)
        if running[q] > 0:
            size[q], known = _fill_decided(stacks, rows, speaking, running[q], batch, without, tallies)
            if size[q] > 0:
                basis[q] = COMMON
                for s in speaking:
                    for i in range(stacks[s], stacks[s + 1]) if s >= 0 else range(0):
                        if _candidate(rows, i, batch, without) and tally_c[rows[i, PLACE]]:
                            found[filled], filled = i, filled + 1
            for j in range(known):
                p = rows[tally_d[j], PLACE]
                tally_a[p], tally_b[p], tally_c[p] = 0, 0, 0
            if size[q] == 0:
                c = _shared(stacks, rows, throughput, speaking, running[q], batch, without, tallies)
                basis[q] = SHARED if c >= 0 else APART
                for s in speaking:
                    if s >= 0:
                        found[filled] = _fastest(
                            rows, throughput, stacks[s], stacks[s + 1], batch, without, c
                        )
                        filled += 1
        offsets[q + 1] = filled


@kernel((*_LEVELS_IN, *(WHOLES_IN, WHOLES_IN, MARKS_IN, WHOLES_OUT, WHOLES_OUT)))
def _fill_lacking(
    groups: Any,
    hardware: Any,
    stacks: Any,
    rows: Any,
    throughput: Any,
    of_group: Any,
    outside: Any,
    shared: Any,
    offsets: Any,
    found: Any,
) -> None:
    """Fills the hardware that lacks each row's configuration, or combination."""
    filled = 0
    for q in range(of_group.size):
        k = outside[q]
        for h in range(groups[of_group[q]], groups[of_group[q] + 1]):
            a, b = stacks[hardware[h]], stacks[hardware[h] + 1]
            if _fastest(rows, throughput, a, b, 0, True, -1) < 0:
                continue  # it runs nothing
            if shared[q]:
                has = _fastest(rows, throughput, a, b, 0, True, rows[k, COMBINATION]) >= 0
            else:
                has = _decides(rows, a, b, k, True)
            if not has:
                found[filled], filled = h, filled + 1
        offsets[q + 1] = filled
