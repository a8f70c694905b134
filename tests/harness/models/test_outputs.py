"""fitment.harness.models.outputs: the tensor that stands for a model's output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
import torch
from fitment.harness.errors import ModelError
from fitment.harness.models.outputs import first_tensor

ONE, TWO = torch.ones(1), torch.full((1,), 2.0)


@dataclass
class ModelOutput:
    """As transformers returns them: a field may be None."""

    loss: torch.Tensor | None
    logits: torch.Tensor


@pytest.mark.parametrize(
    "output",
    [
        ONE,
        (ONE, TWO),
        [None, ONE],
        {"a": ONE, "b": TWO},
        ModelOutput(None, ONE),
        ({"x": [3, (ONE, TWO)]}, TWO),
    ],
)
def test_the_first_tensor_is_found_in_any_container(output: Any) -> None:
    """Depth first, in order, past anything that is no tensor."""
    assert first_tensor(output) is ONE


@pytest.mark.parametrize("output", [None, 3.5, (), {"a": 1}, "text", ModelOutput])
def test_an_output_without_a_tensor_is_the_models_mistake(output: Any) -> None:
    """The error names what came back and the way out."""
    with pytest.raises(ModelError, match="return a tensor"):
        first_tensor(output)
