"""Groups of rows: numbers for combinations of keys, and the rows of each."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.groups import group_ids, group_layout
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from tests.kernels.strategies import deterministic


def test_ids_by_hand() -> None:
    """Combinations that occur are numbered in the order of their keys."""
    ids, groups = group_ids([[7, 3, 7, 3], [0, 5, 0, 1]])
    assert groups == 3
    assert ids.dtype == np.int32
    assert_array_equal(ids, [2, 1, 2, 0])


@deterministic
@given(rows=st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 2**40)), max_size=30))
def test_equal_keys_share_a_group(rows: list[tuple[int, int]]) -> None:
    """Rows have one id exactly where all their keys are equal, and ids are dense."""
    first, second = (np.array([row[k] for row in rows], np.int64) for k in range(2))
    ids, groups = group_ids([first, second])
    assert groups == len(set(rows))
    assert set(ids.tolist()) == set(range(groups))
    assert len(set(zip(ids.tolist(), rows, strict=True))) == groups


def test_large_keys_do_not_overflow() -> None:
    """Many wide keys keep their combinations apart."""
    rng = np.random.default_rng(0)
    keys = [rng.integers(-(2**62), 2**62, 500) for _ in range(6)]
    assert group_ids(keys)[1] == 500


@deterministic
@given(ids=st.lists(st.integers(0, 9), max_size=60))
def test_layout_is_a_stable_sort(ids: list[int]) -> None:
    """Rows come group after group, in their order."""
    layout = group_layout(np.array(ids, np.int32), 10)
    assert_array_equal(layout.order, np.argsort(ids, kind="stable"))
    assert_array_equal(np.diff(layout.offsets), np.bincount(np.array(ids, np.int64), minlength=10))


@pytest.mark.parametrize("ids", [[3], [-1]])
def test_layout_refuses_ids_out_of_range(ids: list[int]) -> None:
    """By name."""
    with pytest.raises(ValueError, match="ids must lie between 0 and n_groups - 1, 2"):
        group_layout(ids, 3)


def test_keys_that_can_not_be_meant() -> None:
    """No keys, keys of other lengths or kinds: refused by name."""
    with pytest.raises(ValueError, match="keys must hold at least one column"):
        group_ids([])
    with pytest.raises(ValueError, match="keys must be of shape"):
        group_ids([[1, 2], [1]])
    with pytest.raises(TypeError, match="keys must hold integers"):
        group_ids([[1.5, 2.0]])
