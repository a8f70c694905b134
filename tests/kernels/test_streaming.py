"""Moments of a stream: the same bits whatever the batches, equal to those of all rows at once."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from fitment.kernels import streaming
from fitment.kernels.moments import Moments, group_moments
from fitment.kernels.streaming import MomentStream
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.agreement import assert_agree, bits_of
from tests.kernels.inputs import grouped_columns

ROWS = 1000


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few rows are many chunks."""
    monkeypatch.setattr(streaming, "_LEAST_ROWS", 64)


def streamed(ids, values, n_groups: int, status, borders=()) -> Moments:
    stream = MomentStream(n_groups, len(values))
    for a, b in pairwise([0, *borders, len(ids)]):
        stream.add(ids[a:b], values[:, a:b], status=status[a:b])
    return stream.result()


@given(borders=st.lists(st.integers(0, ROWS), max_size=12).map(sorted))
def test_batches_leave_no_trace(borders: list[int]) -> None:
    """However the rows are cut, empty batches included, the bits are the same, and those of one add."""
    arguments = grouped_columns(np.random.default_rng(1), ROWS)
    assert bits_of(streamed(*arguments, borders)) == bits_of(streamed(*arguments))


@pytest.mark.parametrize("rows", [0, 1, 63, 64, 65, 640, 1000])
def test_all_rows_count(rows: int) -> None:
    """A chunk that is full, not yet full or empty: the moments are those of all rows at once."""
    ids, values, n_groups, status = grouped_columns(np.random.default_rng(2), rows)
    expected = group_moments(ids, values, n_groups, status=status)
    assert_agree(streamed(ids, values, n_groups, status), expected, 1e-12)


def test_more_may_be_added_after_a_result() -> None:
    """A result in between changes nothing, and is not changed by what is added later."""
    ids, values, n_groups, status = grouped_columns(np.random.default_rng(3), ROWS)
    stream = MomentStream(n_groups, 2)
    stream.add(ids[:500], values[:, :500], status=status[:500])
    early = stream.result()
    before = bits_of(early)
    stream.add(ids[500:], values[:, 500:], status=status[500:])
    assert bits_of(stream.result()) == bits_of(streamed(ids, values, n_groups, status))
    half = streamed(ids[:500], values[:, :500], n_groups, status[:500])
    assert bits_of(early) == before == bits_of(half)


def test_groups_that_come_late_or_never() -> None:
    """A group's first value may be in any chunk; one without a value has the count 0 and NaN."""
    ids = np.repeat([0, 2], 100).astype(np.int32)
    found = streamed(ids, np.arange(200.0)[None], 3, np.zeros(200, np.int8))
    assert found.count.tolist() == [[100, 0, 100]]
    np.testing.assert_allclose(found.mean, [[49.5, np.nan, 149.5]], rtol=1e-15)
    np.testing.assert_allclose(found.variance, [[841.6666666666666, np.nan, 841.6666666666666]], rtol=1e-14)


def test_a_group_of_one_value_has_no_variance() -> None:
    """Also where it is the only one of its chunk."""
    stream = MomentStream(2)
    stream.add([0] * 64, np.full(64, 7.0))
    stream.add([1], [5.0])
    found = stream.result()
    assert found.mean.tolist() == [[7.0, 5.0]]
    assert found.variance[0, 0] == 0.0
    assert np.isnan(found.variance[0, 1])


def test_a_tiny_spread_survives_the_merging() -> None:
    """A coefficient of variation of 1e-9 keeps six digits of its variance over many chunks."""
    x = 1.0 + 1e-9 * np.random.default_rng(4).normal(size=ROWS)
    found = streamed(np.zeros(ROWS, np.int32), x[None], 1, np.zeros(ROWS, np.int8))
    np.testing.assert_allclose(found.variance, np.var(x - 1.0, ddof=1), rtol=1e-6)


def test_huge_values_are_merged() -> None:
    """The first chunk of a group is taken as it is: no product of infinity and zero."""
    found = streamed(np.zeros(100, np.int32), np.full((1, 100), 1e200), 1, np.zeros(100, np.int8))
    assert (found.mean[0, 0], found.variance[0, 0]) == (1e200, 0.0)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_single_precision_is_summed_in_double(dtype: type) -> None:
    """float32 batches give the moments of the same numbers in float64, whatever they are gathered in."""
    ids, values, n_groups, status = grouped_columns(np.random.default_rng(5), ROWS)
    single = values.astype(np.float32)
    stream = MomentStream(n_groups, 2, dtype)
    stream.add(ids, single, status=status)
    assert_agree(stream.result(), streamed(ids, single.astype(np.float64), n_groups, status), 1e-13)


def test_what_would_lose_digits_is_refused() -> None:
    """float64 is not gathered in float32, and nothing in half of that."""
    with pytest.raises(TypeError, match="values must hold float32, as the stream does, not float64"):
        MomentStream(1, 1, np.float32).add([0], [1.0])
    with pytest.raises(TypeError, match="dtype must be float32 or float64, not float16"):
        MomentStream(1, 1, np.float16)


def test_what_is_refused_leaves_the_stream_as_it_was() -> None:
    """A batch that can't be meant adds none of its rows."""
    stream = MomentStream(2, 2)
    for ids, values, error, words in (
        ([0, 2], np.ones((2, 2)), ValueError, "ids must lie between 0 and n_groups - 1, 1"),
        ([0, -1], np.ones((2, 2)), ValueError, "ids must lie between 0"),
        ([0, 1], np.ones((1, 2)), ValueError, "values must hold 2 columns, not 1"),
        ([0, 1], np.ones((2, 3)), ValueError, "values must be of shape"),
        ([0.5, 1], np.ones((2, 2)), TypeError, "ids must hold integers"),
    ):
        with pytest.raises(error, match=words):
            stream.add(ids, values)
    with pytest.raises(ValueError, match="status must be of shape"):
        stream.add([0, 1], np.ones((2, 2)), status=[0])
    assert stream.result().count.sum() == 0


@pytest.mark.parametrize(("n_groups", "columns"), [(-1, 1), (1, 0), (2**40, 1)])
def test_a_stream_of_nothing_is_refused(n_groups: int, columns: int) -> None:
    """Fewer than no groups, no columns, more groups than ids can name."""
    with pytest.raises(ValueError, match="must"):
        MomentStream(n_groups, columns)
