"""Rows that differ, and how often each is there."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.distinct_rows import different, distinct_rows


def test_by_hand() -> None:
    """Three of five differ; what is missing is one value, and the last."""
    found = distinct_rows([[2, np.nan, 1, np.nan, 2], [5, 0, 7, 0, 5]])
    np.testing.assert_array_equal(found.columns, [[1, 2, np.nan], [7, 5, 0]])
    assert found.counts.tolist() == [1, 2, 2]


def test_different_values() -> None:
    """Each once, ascending; NaN is one, the last, and −0 is 0."""
    np.testing.assert_array_equal(
        different(np.array([2.0, np.nan, -0.0, 0.0, np.nan, -np.inf])), [-np.inf, 0, 2, np.nan]
    )
    assert different(np.array([3, 1, 3])).tolist() == [1, 3]
    assert different(np.empty(0)).size == 0


def test_many_columns_of_many_values() -> None:
    """Of ten columns of a thousand values each, which no one number could tell apart, all rows are found."""
    table = np.random.default_rng(0).permuted(np.tile(np.arange(1000.0), (10, 1)), axis=1)
    found = distinct_rows(np.concatenate([table, table], axis=1))
    assert (found.counts == 2).all()
    np.testing.assert_array_equal(found.columns, table[:, np.argsort(table[0])])


def test_without_rows_or_columns() -> None:
    """Of no rows none differ; rows without columns are all alike."""
    assert distinct_rows(np.empty((2, 0))).columns.shape == (2, 0)
    assert distinct_rows(np.empty((0, 3))).counts.tolist() == [3]


def test_one_column_alone_is_refused() -> None:
    """Rows are across columns."""
    with pytest.raises(ValueError, match="columns must be of shape"):
        distinct_rows([1.0, 2.0])
