"""fitment.harness.sweeps.queue: which runs come first once every cell has run."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from fitment.harness.sweeps.plan import Run
from fitment.harness.sweeps.queue import Queue, contested, interval
from fitment.registry.records import Cell, Configuration
from hypothesis import given
from hypothesis import strategies as st

POSITIVE = st.floats(1e-3, 1e9, allow_nan=False)


def run(batch: int, invocation: int = 0, model: str = "a", **fields: str) -> Run:
    cell = Cell(model, "zoo", "", "forward", "cpu", "a cpu", "8", Configuration(batch, "fp32", "eager"))
    return Run(cell, cell.key, "cpu", "env", invocation, 60.0, **fields)


def runs(*batches: int, invocations: Sequence[int] = (0, 1, 2)) -> list[Run]:
    return [run(batch, invocation) for invocation in invocations for batch in batches]


def order(queue: Queue) -> list[tuple[int, int]]:
    return [(run.cell.configuration.batch, run.invocation) for run in queue]


def test_one_process_is_as_uncertain_as_the_prior() -> None:
    """n = 1: ± t(4) · 2 %; with n = 3 that agree it narrows by √3 and more degrees, not by f."""
    low, high = interval([100.0])
    assert (high - low) / 2 == pytest.approx(2.776 * 0.02, rel=1e-3)
    assert (low + high) / 2 == pytest.approx(math.log(100))
    low, high = interval([100.0, 100.0, 100.0])
    assert (high - low) / 2 == pytest.approx(2.447 * 1.2533 * 0.02 * math.sqrt(4 / 6 / 3), rel=1e-3)


def test_processes_that_disagree_widen_the_interval() -> None:
    """The spread that was seen counts beside the prior."""
    spread, agreeing = interval([90.0, 100.0, 111.0]), interval([100.0, 100.0, 100.0])
    assert spread[1] - spread[0] > 2 * (agreeing[1] - agreeing[0])


@given(st.lists(POSITIVE, min_size=1, max_size=10), st.floats(0.1, 10))
def test_the_unit_does_not_matter(values: list[float], factor: float) -> None:
    """Intervals of ln(throughput) only shift when every throughput is multiplied."""
    low, high = interval(values)
    other = interval([value * factor for value in values])
    assert other[0] == pytest.approx(low + math.log(factor), abs=1e-6)
    assert other[1] == pytest.approx(high + math.log(factor), abs=1e-6)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, set()),
        ({"a": [100.0]}, set()),
        ({"a": [100.0], "b": []}, set()),
        ({"a": [100.0], "b": [105.0], "c": [300.0]}, {"a", "b"}),
        ({"a": [100.0], "b": [150.0], "c": [300.0]}, set()),
        # places four and five are contested, but nobody sees them
        ({"a": [900.0], "b": [700.0], "c": [500.0], "d": [100.0], "e": [101.0]}, set()),
        # … while whoever may still be third is seen
        ({"a": [900.0], "b": [700.0], "c": [500.0], "d": [480.0], "e": [101.0]}, {"c", "d"}),
        # the interval of one covers another that ends before a third begins
        ({"a": [80.0, 120.0], "b": [85.0] * 5, "c": [112.0] * 5}, {"a", "b", "c"}),
    ],
)
def test_what_overlaps_near_the_top_is_contested(known: dict[str, list[float]], expected: set[str]) -> None:
    """Neighbours within their noise among the first three places; nothing that is decided or far below."""
    assert contested(known) == expected


@given(st.dictionaries(st.integers(0, 20), st.lists(POSITIVE, max_size=3), max_size=12), st.integers(1, 4))
def test_contested_is_what_pairs_say(known: dict[int, list[float]], top: int) -> None:
    """The sweep over sorted intervals finds what comparing every pair finds."""
    intervals = {key: interval(values) for key, values in known.items() if values}
    lows = sorted((low for low, _ in intervals.values()), reverse=True)[:top]
    near = {key: each for key, each in intervals.items() if each[1] >= lows[-1]}
    expected = {
        key
        for key, (low, high) in near.items()
        if any(other != key and least <= high and most >= low for other, (least, most) in near.items())
    }
    assert contested(known, top) == expected


def test_every_cell_runs_once_before_any_runs_twice() -> None:
    """What is known changes nothing in the first pass."""
    close = [(run(8).cell, run(8).cell_key, "env", 100.0), (run(32).cell, run(32).cell_key, "env", 101.0)]
    assert order(Queue(runs(1, 8, 32), close))[:3] == [(1, 0), (8, 0), (32, 0)]


def test_contested_cells_run_again_first() -> None:
    """After the first pass the two that are close come first, in all their invocations; then the rest."""
    queue = Queue(runs(1, 8, 32))
    for batch, throughput in ((1, 10.0), (8, 100.0), (32, 102.0)):
        taken = queue.take()
        assert taken.cell.configuration.batch == batch
        queue.note(taken, throughput)
    assert order(queue) == [(8, 1), (32, 1), (8, 2), (32, 2), (1, 1), (1, 2)]


def test_a_cell_that_was_decided_meanwhile_waits() -> None:
    """Each result counts at once: a rank that a second process settles asks for no third one first."""
    queue = Queue(runs(1, 8, 32))
    for throughput in (99.0, 107.0, 60.0):
        queue.note(queue.take(), throughput)
    second = [queue.take() for _ in range(2)]
    assert [run.cell.configuration.batch for run in second] == [1, 8]
    queue.note(second[0], 99.0)
    queue.note(second[1], 107.0)
    assert order(queue) == [(32, 1), (1, 2), (8, 2), (32, 2)]


def test_earlier_sweeps_count() -> None:
    """Results of the store put what they leave open first, and bring candidates that this sweep lacks."""
    other = run(64)
    known = [
        (each.cell, each.cell_key, "env", throughput)
        for each, throughput in ((run(1), 50.0), (run(8), 100.0), (other, 100.0))
    ]
    assert order(Queue(runs(1, 8, invocations=(1, 2)), known))[:2] == [(8, 1), (8, 2)]


def test_groups_do_not_compete() -> None:
    """Another model's throughput decides nothing."""
    each = [run(1, invocation, model) for invocation in (0, 1) for model in ("a", "b")]
    queue = Queue(each)
    for _ in range(2):
        queue.note(queue.take(), 100.0)
    assert [run.cell.model for run in queue] == ["a", "b"]


def test_a_failed_cell_is_not_contested() -> None:
    """Without a throughput there is nothing to tell apart; the runs are made all the same, last."""
    queue = Queue(runs(1, 8, 32, invocations=(0, 1)))
    for throughput in (None, 100.0, 100.0):
        queue.note(queue.take(), throughput)
    assert order(queue) == [(8, 1), (32, 1), (1, 1)]


def test_what_is_still_called_max_is_the_cell_that_was_found() -> None:
    """The later invocations of a ladder come first where the batch that it found is contested."""
    fixed, ladder = run(1), run(0)
    later = [run(1, 1), run(0, 1, ladder=ladder.cell_key)]
    queue = Queue([fixed, *later])
    queue.note(queue.take(), 50.0)
    queue.note(run(8, ladder=ladder.cell_key), 100.0)
    queue.note(run(16), 100.0)
    assert order(queue) == [(0, 1), (1, 1)]
