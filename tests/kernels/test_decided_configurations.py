"""What is compared: that of plain sets and dictionaries, whatever failed, lacks memory or was not tried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from random import Random

import numpy as np
import pytest
from fitment.kernels.decided_configurations import (
    APART,
    COMMON,
    FAILED,
    NO_MODE,
    NO_PRECISION,
    NOTHING,
    OUT_OF_MEMORY,
    RAN,
    SHARED,
    Levels,
    compare_groups,
    lacking,
)

CONFIGURATIONS = sorted(product((1, 2, 4), range(4)))  # batch, combination; that one's halves are p and m
STATES = (RAN, RAN, RAN, FAILED, OUT_OF_MEMORY, NO_PRECISION, NO_MODE)


@dataclass(frozen=True)
class Row:
    number: int
    batch: int
    combination: int
    state: int
    runs: int
    memory: bool
    throughput: float

    @property
    def key(self) -> tuple[int, int]:
        return self.batch, self.combination


Stack = list[Row]
Group = list[list[Stack]]  # hardware, stacks


def random_groups(rng: Random, count: int) -> list[Group]:
    """Groups of up to four hardware with one stack or two, each with some of all configurations."""
    numbers = iter(range(10**6))

    def stack() -> Stack:
        share = rng.choice((0.1, 0.5, 0.9))
        chosen = [k for k in CONFIGURATIONS if rng.random() < share] or [rng.choice(CONFIGURATIONS)]
        return [
            Row(
                next(numbers),
                *k,
                rng.choice(STATES),
                rng.randint(1, 2),
                rng.random() < 0.7,
                float(rng.randint(1, 9)),
            )
            for k in chosen
        ]

    return [
        [[stack() for _ in range(rng.choice((1, 1, 2)))] for _ in range(rng.randint(0, 4))]
        for _ in range(count)
    ]


def levels(groups: list[Group]) -> Levels:
    """The same as the kernels take it."""
    hardware = [h for group in groups for h in group]
    stacks = [s for h in hardware for s in h]
    rows = [row for s in stacks for row in s]
    table = [
        (
            *(CONFIGURATIONS.index(r.key), r.batch, r.combination, r.combination // 2, r.combination % 2),
            *(r.state, r.runs, int(r.memory)),
        )
        for r in rows
    ]
    starts = [np.cumsum([0, *map(len, level)]) for level in (groups, hardware, stacks)]
    speed = np.array([r.throughput if r.state == RAN else np.nan for r in rows])
    return Levels(*starts, np.array(table, np.int64).reshape(-1, 8), speed)


def decides(stack: Iterable[Row], key: tuple[int, int]) -> bool:
    """Whether a stack has decided a configuration itself or by what failed."""
    batch, combination = key
    rows = list(stack)
    if key in {r.key for r in rows}:
        return True
    ok = [r for r in rows if r.state == RAN]
    largest = max((r.batch for r in ok if r.combination == combination), default=0)
    bounds = [r.batch for r in rows if (r.state, r.combination) == (OUT_OF_MEMORY, combination)]
    if any(largest < bound < batch for bound in bounds):
        return True
    for state, value in ((NO_PRECISION, lambda c: c // 2), (NO_MODE, lambda c: c % 2)):
        failed = {value(r.combination) for r in rows if r.state == state}
        if value(combination) in failed - {value(r.combination) for r in ok}:
            return True
    return False


def compared(group: Group, batch: int, strict: bool) -> tuple[int, int, int, list[int]]:
    """(basis, |K*|, running, rows) of one question."""

    def asked(row: Row) -> bool:
        return batch in (0, row.batch)

    speaking = [next((s for s in h if any(map(asked, s))), h[0]) for h in group]
    if strict and any(r.memory and r.state == RAN and asked(r) for s in speaking for r in s):
        speaking = [[r for r in s if r.state != RAN or r.memory] for s in speaking]
    running = [s for s in speaking if any(r.state == RAN and asked(r) for r in s)]
    if not running:
        return NOTHING, 0, 0, []
    known = {r.key for s in running for r in s if asked(r)}
    decided = {k for k in known if all(decides(s, k) for s in running)}
    candidates = [[r for r in s if r.state == RAN and asked(r)] for s in running]
    common = [r.number for rows in candidates for r in rows if r.key in decided]
    if common:
        return COMMON, len(decided), len(running), common
    shared = set.intersection(*({r.combination for r in rows} for rows in candidates))
    first = min(
        shared,
        key=lambda c: (-max(r.throughput for rows in candidates for r in rows if r.combination == c), c),
        default=None,
    )
    best = [
        min(
            (r for r in rows if first in (None, r.combination)), key=lambda r: (-r.throughput, -r.runs, r.key)
        )
        for rows in candidates
    ]
    return APART if first is None else SHARED, 0, len(running), [r.number for r in best]


@pytest.mark.parametrize("seed", range(3))
def test_as_sets_say_it(seed: int) -> None:
    """Every question about random groups: any batch or one, memory required or not."""
    groups = random_groups(Random(seed), 150)
    questions = list(product(range(len(groups)), (0, 1, 4), (False, True)))
    asked = [np.array(column) for column in zip(*questions, strict=True)]
    found = compare_groups(levels(groups), *asked)
    for q, (group, batch, strict) in enumerate(questions):
        rows = found.candidates[found.offsets[q] : found.offsets[q + 1]].tolist()
        own = (found.basis[q], found.decided[q], found.running[q], rows)
        assert own == compared(groups[group], batch, strict), (group, batch, strict)
    assert set(found.basis.tolist()) == {NOTHING, COMMON, SHARED, APART}


def test_who_lacks_a_configuration() -> None:
    """The running hardware that has not decided it, or has no candidate of its combination."""
    groups = random_groups(Random(9), 60)
    flat = [(g, row) for g, group in enumerate(groups) for h in group for row in h[0]]
    for shared in (False, True):
        marks = np.full(len(flat), shared)
        offsets, found = lacking(
            levels(groups), np.array([g for g, _ in flat]), np.array([r.number for _, r in flat]), marks
        )
        first = np.cumsum([0, *map(len, groups)])
        for i, (g, row) in enumerate(flat):
            ok = [[r for r in h[0] if r.state == RAN] for h in groups[g]]
            having = [
                row.combination in {r.combination for r in ok[j]} if shared else decides(h[0], row.key)
                for j, h in enumerate(groups[g])
            ]
            missing = [first[g] + j for j, has in enumerate(having) if ok[j] and not has]
            assert found[offsets[i] : offsets[i + 1]].tolist() == missing


@pytest.mark.parametrize("batches", [(1, 2), (2, 1)])
def test_of_equally_fast_combinations_the_first_is_compared(batches: tuple[int, int]) -> None:
    """Whichever is met first."""

    def hardware(first: int, speed: float, *batches: int) -> list[Stack]:
        both = sorted((batch, combination) for combination, batch in zip((0, 2), batches, strict=True))
        return [[Row(first + i, *key, RAN, 1, True, speed) for i, key in enumerate(both)]]

    group = [hardware(0, 9.0, *batches), hardware(2, 5.0, 4, 4)]
    found = compare_groups(levels([group]), [0], [0], [False])
    assert found.basis.tolist() == [SHARED]
    assert found.candidates.tolist() == [0 if batches == (1, 2) else 1, 2]
    assert found.candidates.tolist() == compared(group, 0, False)[3]


def test_nothing_is_compared_of_nothing() -> None:
    """No groups and no questions; a group without hardware."""
    empty = compare_groups(levels([]), [], [], [])
    assert (empty.offsets.tolist(), empty.candidates.size) == ([0], 0)
    assert compare_groups(levels([[]]), [0], [0], [False]).basis.tolist() == [NOTHING]


def test_questions_of_another_kind_are_refused() -> None:
    """Batches below 0, flags that are none, arrays of another length."""
    held = levels([[]])
    with pytest.raises(ValueError, match="batches"):
        compare_groups(held, [0], [-1], [False])
    with pytest.raises(TypeError, match="strict"):
        compare_groups(held, [0], [0], [0.5])
    with pytest.raises(ValueError, match="rows"):
        lacking(held, [0], [], [True])
