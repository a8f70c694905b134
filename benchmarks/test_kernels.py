"""The kernels beside their rivals, one thread, in one run: the contests of tests/kernels/table.py.

The ratio is the claim; single figures depend on the machine. ``--rows 50_000_000`` asks for other rows.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import os
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import polars
import pytest

from benchmarks.conftest import DEFAULT_ROWS
from benchmarks.contest import compete
from tests.kernels.inputs import Arguments
from tests.kernels.table import KERNELS, Contest, Rival


def contests() -> Iterator[tuple[Contest, Callable[..., Any]]]:
    """Every contest with our side of it, and with two threads beside one where that takes threads."""
    for entry in KERNELS.values():
        ours = [(contest, contest.run or entry.kernel) for contest in entry.contests]
        yield from ours
        yield from [
            on_two_threads(*one) for one in ours if "threads" in inspect.signature(one[1]).parameters
        ][:1]


def on_two_threads(contest: Contest, kernel: Callable[..., Any]) -> tuple[Contest, Callable[..., Any]]:
    """K8, for the first contest of a kernel; it is reported only."""
    one = {"one thread": Rival(lambda arguments: kernel(*arguments))}
    title, goals = f"{contest.title}, two threads", {"one thread": 1.6}
    two = dataclasses.replace(contest, title=title, rivals=one, goal="K8", goals=goals, run=None, rtol=0)
    return two, functools.partial(kernel, threads=2)


def at_rows(contest: Contest, asked: tuple[int, ...]) -> Iterator[tuple[Contest, int]]:
    """The contest at each number of rows. Asked for others than its own, it has no goal there.

    A contest that is about another size than the usual ones keeps to it.
    """
    own = contest.rows or asked or DEFAULT_ROWS
    for rows in asked if asked and set(own) <= {*DEFAULT_ROWS, *asked} else own:
        yield contest if rows in own else dataclasses.replace(contest, goal="", goals={}), rows


def pytest_generate_tests(metafunc: Any) -> None:
    """One test for each rival of each contest at each number of rows."""
    cases = {
        (contest.title, rows, rival): (contest, kernel, rows, rival)
        for original, kernel in contests()
        for contest, rows in at_rows(original, metafunc.config.getoption("--rows"))
        for rival in contest.rivals
    }
    ids = [f"{title}-{rows}-{rival}" for title, rows, rival in cases]
    metafunc.parametrize(("contest", "kernel", "rows", "rival"), list(cases.values()), ids=ids)


@functools.lru_cache(maxsize=1)
def arguments_of(draw: Callable[..., Arguments], rows: int) -> Arguments:
    """The input that all rivals of one contest get; kept until the next."""
    return draw(np.random.default_rng(0), rows)


def test_kernels(benchmark: Any, contest: Contest, kernel: Callable[..., Any], rows: int, rival: str) -> None:
    """One rival of one contest, beside ours."""
    assert polars.thread_pool_size() == 1
    if contest.goal == "K8" and len(os.sched_getaffinity(0)) < 2:
        pytest.skip("two threads need two cores")
    compete(benchmark, contest, kernel, arguments_of(contest.arguments, rows), rival, rows)
