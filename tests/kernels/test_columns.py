"""The kernels' door: arrays that mean numbers come in as they are, others are refused by name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from fitment.kernels.columns import group_offsets, key_column, real_column, whole_column

VALUES = np.array([1.5, np.nan, 3.0])
READ_ONLY = VALUES.copy()
READ_ONLY.flags.writeable = False


@pytest.mark.parametrize(
    "values",
    [
        VALUES.tolist(),
        VALUES.astype(np.float32),
        VALUES.astype(np.float16),
        VALUES.astype(">f8"),
        VALUES.astype(np.longdouble),
        np.repeat(VALUES, 2)[::2],
        VALUES[::-1].copy()[::-1],
        READ_ONLY,
    ],
    ids=["list", "float32", "float16", "big-endian", "long double", "strided", "reversed", "read-only"],
)
def test_layouts_come_in_alike(values: Any) -> None:
    """Any layout and width of floats becomes the same contiguous native float64 column."""
    found = real_column("t", values)
    assert found.dtype == np.float64
    assert found.flags.c_contiguous
    np.testing.assert_array_equal(found, VALUES)


@pytest.mark.parametrize(
    "values",
    [
        np.array([1 + 2j]),
        np.array([True]),
        np.array(["1"]),
        np.array([None], dtype=object),
        np.array(["2026-01-01"], dtype="datetime64[s]"),
        np.ma.masked_array([1.0, 2.0], mask=[True, False]),
    ],
    ids=["complex", "bool", "text", "object", "time", "masked"],
)
def test_other_kinds_are_refused(values: Any) -> None:
    """What isn't numbers is a TypeError that names the argument."""
    with pytest.raises(TypeError, match="latency must"):
        real_column("latency", values)


@pytest.mark.parametrize("values", [np.ones((2, 2)), np.float64(1.0), np.ones(3)])
def test_other_shapes_are_refused(values: Any) -> None:
    """Another length or dimension than the candidates' is a ValueError that names the argument."""
    with pytest.raises(ValueError, match=r"memory must be of shape \(2,\)"):
        real_column("memory", values, 2)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ([1.0, 2.0], TypeError),
        ([-1, 2], ValueError),
        (np.array([2**63], dtype=np.uint64), ValueError),
    ],
)
def test_counts_are_whole_and_not_negative(values: Any, error: type[Exception]) -> None:
    """Counts that are floats, negative or beyond int64 are refused, never wrapped."""
    with pytest.raises(error, match="n must"):
        whole_column("n", values)


@pytest.mark.parametrize("values", [[], [0, 2], [1, 3], [0, 2, 1, 3], [0, 4]])
def test_offsets_must_fit(values: list[int]) -> None:
    """Offsets that don't rise from 0 to the number of candidates are refused: no read out of bounds."""
    with pytest.raises(ValueError, match="offsets must rise from 0 to the number of candidates, 3"):
        group_offsets(np.array(values, dtype=np.int64), 3)


def test_offsets_of_unsigned_and_empty_groups() -> None:
    """Unsigned offsets and empty groups are fine."""
    assert group_offsets(np.array([0, 0, 3, 3], dtype=np.uint32), 3).tolist() == [0, 0, 3, 3]


def test_keys_of_any_size_stay_whole() -> None:
    """Keys beyond int64 next to small ones lose no digit, in a list as in an array."""
    assert key_column("keys", [2**64 - 1, 1]).tolist() == [2**64 - 1, 1]
    assert key_column("keys", np.array([2**64 - 1, 1], np.uint64)).tolist() == [2**64 - 1, 1]
    with pytest.raises(ValueError, match="keys must lie between 0"):
        key_column("keys", [-1, 1])
