"""The first level of the counting sort: every row in its bucket, in its order, with its own numbers."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels import partition
from numpy.testing import assert_array_equal

NONE = np.empty(0, np.int8)


def space(columns: list[np.ndarray]) -> np.ndarray:
    """Room for their rows."""
    return np.empty(partition.bytes_of(columns[0].size, columns[0].dtype), np.uint8)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("n", "groups"), [(0, 5), (1, 1), (1000, 1), (1000, 90), (900, 2**30)])
def test_rows_lie_in_their_buckets_in_order(n: int, groups: int, dtype: type, monkeypatch) -> None:
    """Rows of a bucket lie together, in the order they came, whatever the number of groups."""
    monkeypatch.setattr(partition, "BUCKET_ROWS", 50)
    monkeypatch.setattr(partition, "CHUNK_ROWS", 300)
    rng = np.random.default_rng(n)
    ids = rng.integers(0, groups, n).astype(np.int32)
    columns = [rng.random(n).astype(dtype) for _ in range(3)]
    parts = partition.partition(ids, columns, groups, NONE, 2, space(columns))
    bucket = ids >> parts.shift
    order = np.argsort(bucket, kind="stable")
    assert_array_equal(np.diff(parts.starts), np.bincount(bucket, minlength=parts.starts.size - 1))
    assert_array_equal(parts.rows[:, 0], (ids - (bucket << parts.shift))[order])
    for j, column in enumerate(columns):
        assert_array_equal(parts.rows[:, 1 + j], column[order])


def test_absent_columns_and_left_out_rows() -> None:
    """One column fills the places of three; a row whose status is not 0 is there, and NaN."""
    status = np.array([0, 1, 0], np.int8)
    x = np.array([1.0, 2.0, 3.0])
    parts = partition.partition(np.zeros(3, np.int32), [x], 1, status, 1, space([x]))
    assert_array_equal(parts.rows[:, 1:], np.repeat([[1.0], [np.nan], [3.0]], 3, axis=1))


@pytest.mark.parametrize("bad", [-1, 4, -(2**31), 2**31 - 1])
def test_ids_out_of_range(bad: int) -> None:
    """An id that names no group is refused, wherever it is."""
    ids = np.zeros(1000, np.int32)
    ids[613] = bad
    column = [np.zeros(1000)]
    with pytest.raises(ValueError, match="ids must lie between 0 and n_groups - 1, 3"):
        partition.partition(ids, column, 4, NONE, 1, space(column))
