"""fitment.harness.models.loaded: inputs for a batch of any size."""

from __future__ import annotations

import pytest
import torch
from fitment.harness.models.loaded import Inputs, batch_size, batched, invoke, mapped

THREE = torch.arange(6).reshape(3, 2)


@pytest.mark.parametrize("batch", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("inputs", [(THREE, THREE * 10), {"a": THREE, "b": THREE * 10}])
def test_a_batch_holds_the_examples_in_order_over_again(inputs: Inputs, batch: int) -> None:
    """Truncated or repeated, every input alike, in the structure that was given."""
    resized = batched(inputs, batch)
    assert type(resized) is type(inputs)
    assert batch_size(resized) == batch
    values = list(resized.values()) if isinstance(resized, dict) else list(resized)
    for row in range(batch):
        assert torch.equal(values[0][row], THREE[row % 3])
        assert torch.equal(values[1][row], THREE[row % 3] * 10)


def test_a_batch_shares_no_memory_with_the_examples() -> None:
    """A model that writes into its input leaves the examples alone."""
    examples = THREE.clone()
    resized = batched((examples,), 3)
    assert isinstance(resized, tuple)
    resized[0].zero_()
    assert torch.equal(examples, THREE)


def test_a_tuple_is_passed_by_position_and_a_dict_by_name() -> None:
    """The structure of the inputs says how the model is called."""
    assert torch.equal(invoke(lambda x, y: x - y, (THREE, THREE)), THREE - THREE)
    assert torch.equal(invoke(lambda *, x, y: x + y, {"y": THREE, "x": THREE}), THREE + THREE)


def test_mapped_keeps_structure_and_order() -> None:
    """Each tensor is replaced, nothing else."""
    out = mapped({"a": THREE, "b": THREE}, lambda tensor: tensor + 1)
    assert isinstance(out, dict)
    assert list(out) == ["a", "b"]
    assert torch.equal(out["b"], THREE + 1)
