"""Whether two answers are the same: arrays, numbers, and dicts, tuples or dataclasses of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np


def assert_agree(found: Any, expected: Any, rtol: float, atol: float = 0.0, where: str = "") -> None:
    """``found`` has the parts of ``expected``, equal up to the tolerances; NaN equals NaN."""
    found, expected = parts_of(found), parts_of(expected)
    if isinstance(found, Mapping) and isinstance(expected, Mapping):
        assert found.keys() == expected.keys(), f"{where} has the fields {[*found]}, not {[*expected]}"
        for name in found:
            assert_agree(found[name], expected[name], rtol, atol, f"{where}.{name}")
    elif isinstance(found, Mapping):
        assert_agree(tuple(found.values()), expected, rtol, atol, where)
    elif isinstance(found, tuple | list):
        expected = [*expected.values()] if isinstance(expected, Mapping) else expected
        assert len(found) == len(expected), f"{where} has {len(found)} parts, not {len(expected)}"
        for i, (one, other) in enumerate(zip(found, expected, strict=True)):
            assert_agree(one, other, rtol, atol, f"{where}[{i}]")
    elif found is None or expected is None:
        assert found is expected, f"{where} is {found}, not {expected}"
    else:
        _assert_same_numbers(np.asarray(found), expected, rtol, atol, where)


def _assert_same_numbers(found: Any, expected: Any, rtol: float, atol: float, where: str) -> None:
    expected = np.asarray(expected)
    if expected.size == 0:  # a list of nothing does not know its other dimensions
        assert found.size == 0, f"{where} has the shape {found.shape}, not {expected.shape}"
        return
    assert found.shape == expected.shape, f"{where} has the shape {found.shape}, not {expected.shape}"
    if found.dtype.kind in "fiub":
        np.testing.assert_allclose(found, expected.astype(found.dtype), rtol=rtol, atol=atol, err_msg=where)
    else:
        np.testing.assert_array_equal(found, expected, err_msg=where)


def parts_of(answer: Any) -> Any:
    """``answer``, a dataclass as the dict of its fields."""
    if dataclasses.is_dataclass(answer) and not isinstance(answer, type):
        return {f.name: getattr(answer, f.name) for f in dataclasses.fields(answer)}
    return answer


def bits_of(answer: Any) -> Any:
    """What two answers share exactly when every number of them has the same bits, NaN of any kind alike."""
    answer = parts_of(answer)
    if isinstance(answer, Mapping):
        return {name: bits_of(part) for name, part in answer.items()}
    if isinstance(answer, tuple | list):
        return [bits_of(part) for part in answer]
    array = np.array(answer)
    if array.dtype.kind == "f":
        array[np.isnan(array)] = np.nan
    array = array.astype(array.dtype.newbyteorder("="))
    return array.shape, array.dtype.str, array.tobytes() if array.dtype.kind != "O" else array.tolist()
