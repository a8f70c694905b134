"""What can't be meant is refused in one line that names the argument, by the table: never a crash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from tests.kernels.arrays import arrays, is_column, parameters, refusal, replaced
from tests.kernels.inputs import Arguments
from tests.kernels.table import KERNELS

ROWS = 211
DOORS = [name for name, entry in KERNELS.items() if entry.checks]


def drawn(name: str) -> Arguments:
    return KERNELS[name].arguments(np.random.default_rng(23), ROWS)


def of_other_kinds(array: np.ndarray) -> Iterator[tuple[str, Any]]:
    """The array's shape, holding what no kernel takes."""
    yield "complex numbers", array.astype(np.complex128)
    yield "text", array.astype("U4")
    yield "objects", np.full(array.shape, None, dtype=object)
    yield "times", np.zeros(array.shape, dtype="datetime64[s]")
    yield "a masked array", np.ma.masked_array(array, mask=np.zeros(array.shape, dtype=bool))
    if array.dtype.kind in "iu":
        yield "floats for integers", array + 0.5


def of_other_shapes(array: np.ndarray) -> Iterator[tuple[str, Any]]:
    """The array's kind of numbers, in shapes that no kernel takes."""
    yield "another axis", array[..., None, None]
    yield "a single number", array.dtype.type(1)


def assert_refused(name: str, arguments: Arguments, what: str, names: list[str]) -> None:
    """The kernel raises one line that holds one of ``names``."""
    said = refusal(KERNELS[name].kernel, arguments)
    assert said is not None, f"{name} takes {what} for {names[0]}: it must raise TypeError or ValueError"
    assert "\n" not in said, f"{name} refuses {what} for {names[0]} in several lines: {said}"
    assert any(n in said for n in names), f"{name} refuses {what} without naming {names}: {said}"


@pytest.mark.parametrize("name", DOORS)
def test_parameters_can_be_named(name: str) -> None:
    """Each argument of an entry belongs to a parameter with a name, so that a refusal can be held to it."""
    assert len(parameters(KERNELS[name])) >= len(drawn(name)), f"{name}: its Entry.kernel hides parameters"


@pytest.mark.parametrize("name", DOORS)
def test_what_holds_no_numbers_is_refused(name: str) -> None:
    """Complex numbers, text, objects, times, masked arrays, and floats where integers are meant."""
    arguments, names = drawn(name), parameters(KERNELS[name])
    for place, array in arrays(arguments):
        for what, bad in of_other_kinds(array):
            assert_refused(name, replaced(arguments, place, bad), what, [names[place[0]]])


@pytest.mark.parametrize("name", DOORS)
def test_other_shapes_are_refused(name: str) -> None:
    """Arrays of too many dimensions or of none."""
    arguments, names = drawn(name), parameters(KERNELS[name])
    for place, array in arrays(arguments):
        for what, bad in of_other_shapes(array):
            assert_refused(name, replaced(arguments, place, bad), what, [names[place[0]]])


@pytest.mark.parametrize("name", DOORS)
def test_columns_of_unequal_length_are_refused(name: str) -> None:
    """A column that is a row longer or shorter than the others is never read beyond its end."""
    arguments, names = drawn(name), parameters(KERNELS[name])
    columns = [(place, array) for place, array in arrays(arguments) if is_column(array, ROWS)]
    if len(columns) < 2:
        return
    for place, array in columns:
        for what, bad in (
            ("a row too many", np.concatenate([array, array[..., :1]], axis=-1)),
            ("a row too few", array[..., :-1]),
            ("no rows", array[..., :0]),
        ):
            others = [names[p[0]] for p, _ in columns if p != place]
            assert_refused(name, replaced(arguments, place, bad), what, [names[place[0]], *others])


@pytest.mark.parametrize("name", DOORS)
def test_ids_out_of_range_are_refused(name: str) -> None:
    """Ids below 0 or from the number of groups on are never used as an index, not even after a cast."""
    arguments, names = drawn(name), parameters(KERNELS[name])
    if not {"ids", "n_groups"} <= set(names):
        return
    at, groups = names.index("ids"), arguments[names.index("n_groups")]
    for bad in (-1, groups, 2**31 - 1, 2**31, 2**32, 2**40, -(2**31), -(2**32), -(2**63)):
        for row in (0, ROWS // 2, ROWS - 1):
            ids = arguments[at].astype(np.int64)
            ids[row] = bad
            assert_refused(name, replaced(arguments, (at,), ids), f"the id {bad}", ["ids"])
    ids = arguments[at].astype(np.uint64)
    ids[-1] = 2**64 - 1
    assert_refused(name, replaced(arguments, (at,), ids), "the unsigned id 2**64 - 1", ["ids"])


@pytest.mark.parametrize("name", DOORS)
def test_numbers_of_groups_that_cannot_be(name: str) -> None:
    """A number of groups is a whole number, 0 or more."""
    arguments, names = drawn(name), parameters(KERNELS[name])
    if "n_groups" not in names:
        return
    for bad in (-1, 2.5, "3", None):
        changed = replaced(arguments, (names.index("n_groups"),), bad)
        assert_refused(name, changed, f"{bad!r} groups", ["n_groups"])
