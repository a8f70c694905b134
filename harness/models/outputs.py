"""The tensor that stands for a model's output, whatever container it comes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from torch import Tensor

from ..errors import ModelError


def first_tensor(output: Any) -> Tensor:
    """The first tensor in ``output``: itself, or in a tuple, list, dict or dataclass of them, depth first.

    Raises ModelError where there is none.
    """
    found = next(every_tensor(output), None)
    if found is None:
        raise ModelError(
            f"the model returned {type(output).__name__} without a tensor in it: return a tensor"
        )
    return found


def every_tensor(output: Any) -> Iterator[Tensor]:
    """The tensors in ``output``, depth first."""
    if isinstance(output, Tensor):
        yield output
        return
    for part in _parts(output):
        yield from every_tensor(part)


def _parts(output: Any) -> Iterable[Any]:
    if isinstance(output, Mapping):
        return output.values()
    if isinstance(output, (tuple, list)):
        return output
    if is_dataclass(output) and not isinstance(output, type):
        return [getattr(output, field.name) for field in fields(output)]
    return ()
