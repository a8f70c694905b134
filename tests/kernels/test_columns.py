"""The kernels' door: arrays that mean numbers come in as they are, others are refused by name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from fitment.kernels.columns import (
    byte_column,
    each_number,
    edge_marks,
    group_offsets,
    inner_share,
    key_column,
    mark_table,
    node_count,
    real_column,
    side_columns,
    whole_column,
    whole_number,
)

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


@pytest.mark.parametrize("dtype", [np.complex128, object, "U3", "M8[s]", [("a", "f8"), ("b", "i4")]])
def test_nothing_is_of_any_kind(dtype: Any) -> None:
    """An array without elements holds nothing that could be refused, and says nothing either."""
    nothing = np.empty(0, dtype)
    assert real_column("t", nothing).dtype == np.float64
    assert whole_column("n", nothing).dtype == np.int64
    assert mark_table("used", nothing.reshape(0, 3), (0, 3)).dtype == np.bool_


def test_rows_of_unequal_length_are_refused_by_name() -> None:
    """NumPy's own message names no argument."""
    with pytest.raises(ValueError, match="score must be an array, not rows of unequal length"):
        real_column("score", [[1.0], [1.0, 2.0]])


def test_keys_of_either_kind_of_integer() -> None:
    """NumPy's and Python's integers side by side stay whole; booleans are no keys."""
    assert key_column("keys", [np.uint64(2**64 - 1), 1]).tolist() == [2**64 - 1, 1]
    with pytest.raises(TypeError, match="keys must hold whole numbers"):
        key_column("keys", [True])


@pytest.mark.parametrize("value", [2.0, np.float64(2.0), True, None, "2", [2], np.ones((2, 2), int)])
def test_what_is_no_whole_number(value: Any) -> None:
    """Refused in one line, whatever its own text."""
    with pytest.raises(TypeError, match=r"^k must be a whole number, not of type \w+$"):
        whole_number("k", value, 1)


def test_whole_numbers_are_held_to_their_limits() -> None:
    """Of any width, up to int64 where no other limit is given."""
    assert whole_number("k", np.uint8(200), 1) == 200
    with pytest.raises(ValueError, match="k must be at least 1, not 0"):
        whole_number("k", np.int64(0), 1)
    with pytest.raises(ValueError, match=f"k must be at most {2**63 - 1}, not {2**70}"):
        whole_number("k", 2**70, 1)


@pytest.mark.parametrize("value", ["0.5", None, [0.5], True, 0.5j])
def test_what_is_no_real_number(value: Any) -> None:
    """A share is a number; that it lies inside (0, 1) is asked afterwards."""
    with pytest.raises(TypeError, match=r"^level must be a number, not of type \w+$"):
        inner_share("level", value)


@pytest.mark.parametrize("value", [0, 1.0, -0.5, np.nan, np.inf])
def test_shares_that_cannot_be(value: float) -> None:
    """The ends are refused, and so is NaN."""
    with pytest.raises(ValueError, match="level must lie between 0 and 1"):
        inner_share("level", value)


def test_one_number_for_all_or_one_for_each() -> None:
    """A single one is repeated; a list of one is not."""
    assert each_number("delta", np.float32(0.5), 3).tolist() == [0.5, 0.5, 0.5]
    assert each_number("delta", [1, 2], 2).tolist() == [1.0, 2.0]
    with pytest.raises(ValueError, match=r"delta must be of shape \(3,\)"):
        each_number("delta", [1], 3)
    with pytest.raises(TypeError, match="delta must not be a masked array"):
        each_number("delta", np.ma.masked, 3)


def test_bytes_come_in_from_any_integers() -> None:
    """As uint8; those that are it come back as they are, and others than 0 to 255 are refused."""
    given = np.array([0, 255], np.uint8)
    assert byte_column("bits", given) is given
    assert byte_column("bits", [0, 255]).dtype == np.uint8
    for bad in ([-1], [256]):
        with pytest.raises(ValueError, match="bits must lie between 0 and 255"):
            byte_column("bits", bad)


def test_nodes_are_counted_as_far_as_int32_goes() -> None:
    """With a place after the last."""
    assert node_count(2**31 - 2) == 2**31 - 2
    with pytest.raises(ValueError, match="n_nodes must be at most 2147483646"):
        node_count(2**31 - 1)


def test_no_mask_is_no_marks() -> None:
    """So that a kernel sees by its size that every edge counts."""
    assert edge_marks(None, 3).size == 0
    assert edge_marks([True, False], 2).tolist() == [True, False]
    with pytest.raises(TypeError, match="mask must hold booleans"):
        edge_marks([1, 0], 2)


def test_a_side_of_a_graph_comes_in_as_it_is() -> None:
    """int32 without a copy; starts that do not end with the neighbours are refused."""
    side = [np.array(x, np.int32) for x in ([0, 1, 1], [1], [0])]
    assert all(found is given for found, given in zip(side_columns(*side, None), side, strict=False))
    with pytest.raises(ValueError, match="starts must rise from 0 to the number of neighbours, 1"):
        side_columns([0, 1, 2], *side[1:], None)
    with pytest.raises(ValueError, match=r"edges must be of shape \(1,\)"):
        side_columns(*side[:2], [0, 1], None)
