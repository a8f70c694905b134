"""Built-in models: the published architectures in plain torch, with seeded weights and no download."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ... import names
from .catalogue import CATALOGUE

if TYPE_CHECKING:
    from ..loaded import LoadedModel

EXAMPLES = 8  # distinct samples: enough for a top-1 agreement, small enough to make at once


def load(name: str, *, input_shape: str, seed: int, import_path: Sequence[str] = ()) -> LoadedModel:
    """The model called ``name`` in eval mode; weights and inputs depend on ``seed`` alone.

    Raises UnknownNameError, or ModelError where it can't take inputs of that shape.
    """
    if name not in CATALOGUE:
        raise names.unknown("model", name, CATALOGUE)
    entry = CATALOGUE[name]
    entry.check_input_shape(input_shape)
    return _build(name, entry.family, input_shape, seed)


def _build(name: str, family: str, input_shape: str, seed: int) -> LoadedModel:
    import torch

    from ..loaded import LoadedModel
    from ..shapes import parse_shape

    architecture = importlib.import_module(f".{family}", __package__)
    with torch.random.fork_rng(devices=()):
        torch.manual_seed(seed)
        module = architecture.build(name).eval()
        inputs = architecture.example_inputs(EXAMPLES, *parse_shape(input_shape))
    return LoadedModel(module, inputs, input_shape)
