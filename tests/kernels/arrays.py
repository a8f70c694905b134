"""The arrays among a kernel's arguments, alone or in sequences, and how to put others in their places."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from tests.kernels.inputs import Arguments
from tests.kernels.table import Entry

COMPILED = os.environ.get("NUMBA_DISABLE_JIT", "0") in ("", "0")
Place = tuple[int, ...]  # the argument, and in a sequence of arrays which of them


def parameters(entry: Entry) -> list[str]:
    """The names of the kernel's parameters, in order, as far as arguments can be given by position."""
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    signature = inspect.signature(entry.kernel)
    return [name for name, parameter in signature.parameters.items() if parameter.kind in kinds]


def arrays(arguments: Arguments) -> Iterator[tuple[Place, np.ndarray]]:
    """Every array with its place."""
    for i, argument in enumerate(arguments):
        if isinstance(argument, np.ndarray):
            yield (i,), argument
        elif isinstance(argument, list | tuple):
            yield from (((i, j), x) for j, x in enumerate(argument) if isinstance(x, np.ndarray))


def replaced(arguments: Arguments, place: Place, value: Any) -> Arguments:
    """``arguments`` with ``value`` in one place."""
    out = list(arguments)
    if len(place) == 2:
        inner = list(out[place[0]])
        inner[place[1]] = value
        value = type(out[place[0]])(inner)
    out[place[0]] = value
    return tuple(out)


def each_replaced(arguments: Arguments, change: Callable[[np.ndarray], Any]) -> Arguments:
    """``arguments`` with every array changed."""
    for place, array in list(arrays(arguments)):
        arguments = replaced(arguments, place, change(array))
    return arguments


def is_column(array: np.ndarray, rows: int) -> bool:
    """Whether the array's last axis is the rows."""
    return array.ndim > 0 and array.shape[-1] == rows


def refusal(kernel: Callable[..., Any], arguments: Arguments) -> str | None:
    """What the TypeError or ValueError says that ``kernel`` raises; None where it takes the arguments."""
    try:
        kernel(*arguments)
    except (TypeError, ValueError) as error:
        return str(error)
    return None
