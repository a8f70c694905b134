"""However arrays lie, whatever they lack, in any order and on any number of threads: by the table."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.kernels.agreement import assert_agree, bits_of, parts_of
from tests.kernels.arrays import COMPILED, arrays, each_replaced, is_column, refusal
from tests.kernels.discovery import entry_of, function_of, kernels
from tests.kernels.inputs import Arguments
from tests.kernels.table import KERNELS, Entry

ROWS = 211  # a prime: no other axis has this length by chance


def read_only(array: np.ndarray) -> np.ndarray:
    array = array.copy()
    array.flags.writeable = False
    return array


LAYOUTS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "strided": lambda x: np.repeat(x, 2, axis=-1)[..., ::2],
    "reversed": lambda x: x[..., ::-1].copy()[..., ::-1],
    "column-major": np.asfortranarray,
    "big-endian": lambda x: x.astype(x.dtype.newbyteorder(">")),
    "read-only": read_only,
}


def drawn(entry: Entry, rows: int = ROWS) -> Arguments:
    return entry.arguments(np.random.default_rng([17, rows]), rows)


def with_arrays() -> list[str]:
    return [name for name, entry in KERNELS.items() if list(arrays(drawn(entry)))]


def with_threads() -> list[Any]:
    """Entries of the public functions that take ``threads``."""
    found = []
    for module, name in kernels():
        entry = entry_of(module, name)
        if entry and "threads" in inspect.signature(function_of(module, name)).parameters:
            found.append(pytest.param(entry, id=name))
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", with_arrays())
def test_layout_changes_nothing(name: str, layout: str) -> None:
    """Strided, reversed, column-major, big-endian and read-only arrays give the same bits as plain ones."""
    entry = KERNELS[name]
    arguments = drawn(entry)
    found = entry.kernel(*each_replaced(arguments, LAYOUTS[layout]))
    assert_agree(found, entry.kernel(*arguments), rtol=0 if entry.checks else entry.rtol, where=name)


@pytest.mark.parametrize("name", with_arrays())
def test_repeated_calls_leave_inputs_alone(name: str) -> None:
    """No argument is written to, and a second call gives the same bits."""
    entry = KERNELS[name]
    arguments, copies = drawn(entry), drawn(entry)
    first, second = (bits_of(entry.kernel(*arguments)) for _ in range(2))
    assert first == second
    for (_, array), (_, copy) in zip(arrays(arguments), arrays(copies), strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize("name", with_arrays())
def test_single_precision_is_summed_in_double(name: str) -> None:
    """float32 columns give what the same numbers give as float64."""
    entry = KERNELS[name]
    if not entry.checks:
        return
    single = each_replaced(drawn(entry), lambda x: x.astype(np.float32) if x.dtype.kind == "f" else x)
    double = each_replaced(single, lambda x: x.astype(np.float64) if x.dtype.kind == "f" else x)
    assert_agree(entry.kernel(*single), entry.kernel(*double), max(entry.rtol, 1e-12), entry.atol, name)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 0.0, -1.0, 1e300, 5e-324])
@pytest.mark.parametrize("name", with_arrays())
def test_columns_of_one_value(name: str, value: float) -> None:
    """Columns all missing, infinite, zero, negative, huge or tiny end in an answer or in one line why not."""
    entry = KERNELS[name]
    if not entry.checks:
        return
    odd = each_replaced(
        drawn(entry), lambda x: np.full_like(x, value) if x.dtype.kind == "f" and is_column(x, ROWS) else x
    )
    refused = refusal(entry.kernel, odd)
    assert refused is None or "\n" not in refused


@pytest.mark.parametrize("name", KERNELS)
def test_order_of_rows(name: str) -> None:
    """Another order of rows gives the same result, or the same in that order, as the entry says."""
    entry = KERNELS[name]
    arguments = drawn(entry)
    permuted = entry.permuted
    if permuted is None:
        permuted = "same" if "ids" in inspect.signature(entry.kernel).parameters else ""
    if not permuted:
        return
    order = np.random.default_rng(5).permutation(ROWS)

    def moved(x: Any) -> Any:
        return x[..., order] if isinstance(x, np.ndarray) and is_column(x, ROWS) else x

    found, expected = entry.kernel(*each_replaced(arguments, moved)), entry.kernel(*arguments)
    if permuted == "moves":
        expected = in_each_part(expected, moved)
    assert_agree(found, expected, max(entry.rtol, 1e-12), entry.atol, name)


def in_each_part(answer: Any, change: Callable[[Any], Any]) -> Any:
    answer = parts_of(answer)
    if isinstance(answer, dict):
        return {name: in_each_part(part, change) for name, part in answer.items()}
    if isinstance(answer, tuple | list):
        return [in_each_part(part, change) for part in answer]
    return change(answer)


@pytest.mark.parametrize("entry", with_threads())
def test_threads_change_no_bit(entry: Entry) -> None:
    """1, 2 and 4 threads give the same bits, over rows enough for several chunks."""
    arguments = drawn(entry, entry.many if COMPILED else 3001)
    one, two, four = (bits_of(entry.kernel(*arguments, threads=threads)) for threads in (1, 2, 4))
    assert one == two
    assert one == four


@pytest.mark.parametrize("entry", with_threads())
@pytest.mark.parametrize("threads", [0, -1])
def test_no_threads_are_refused(entry: Entry, threads: int) -> None:
    """Fewer threads than one can't be meant, with however few rows."""
    with pytest.raises(ValueError, match="threads must be at least 1"):
        entry.kernel(*drawn(entry, entry.sizes[-1]), threads=threads)
