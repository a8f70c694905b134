"""fitment.harness.models.zoo: seeded models that compute what their papers say."""

from __future__ import annotations

import pytest
import torch
from fitment.harness.errors import ModelError
from fitment.harness.models import zoo
from fitment.harness.models.loaded import batch_size, batched, invoke, tensors
from fitment.harness.models.weights import weights_hash
from fitment.harness.models.zoo.catalogue import CATALOGUE
from fitment.registry.errors import UnknownNameError

SMALL = ("mlp-784-512-512-10", "resnet18", "vit_tiny_patch16_224", "all-MiniLM-L6-v2")


@pytest.mark.parametrize("name", SMALL)
def test_weights_and_inputs_follow_from_the_seed_alone(name: str) -> None:
    """Equal seeds give equal models, others don't, and torch's own generator is left as it was."""
    shape = CATALOGUE[name].input_shape
    state = torch.random.get_rng_state()
    first = zoo.load(name, input_shape=shape, seed=3)
    assert torch.equal(torch.random.get_rng_state(), state)
    again, other = (zoo.load(name, input_shape=shape, seed=seed) for seed in (3, 4))
    assert weights_hash(first.module) == weights_hash(again.module) != weights_hash(other.module)
    assert all(map(torch.equal, tensors(first.inputs), tensors(again.inputs)))
    assert not torch.equal(tensors(first.inputs)[0], tensors(other.inputs)[0])


@pytest.mark.parametrize(
    ("name", "shape", "out"),
    [
        ("mlp-784-512-512-10", "784", (2, 10)),
        ("resnet18", "3x224x224", (2, 1000)),
        ("resnet18", "3x96x64", (2, 1000)),
        ("vit_tiny_patch16_224", "3x224x224", (2, 1000)),
        ("all-MiniLM-L6-v2", "16", (2, 384)),
    ],
)
def test_a_forward_pass_gives_finite_outputs_that_differ_by_sample(
    name: str, shape: str, out: tuple[int, ...]
) -> None:
    """The model runs as loaded, in eval mode, on distinct samples."""
    model = zoo.load(name, input_shape=shape, seed=0)
    assert not model.module.training
    assert model.input_shape == shape
    assert batch_size(model.inputs) == zoo.EXAMPLES
    with torch.inference_mode():
        output = invoke(model.module, batched(model.inputs, 2))
    assert output.shape == out
    assert torch.isfinite(output).all()
    assert not torch.allclose(output[0], output[1])


@pytest.mark.parametrize(
    ("name", "outputs"),
    [
        ("bert-base-uncased", [(1, 6, 768), (1, 768)]),
        ("distilbert-base-uncased", [(1, 6, 768)]),
        ("gpt2", [(1, 6, 50257)]),
        ("resnet50", [(1, 1000)]),
        ("vit_base_patch16_224", [(1, 1000)]),
    ],
)
def test_the_large_models_give_outputs_of_the_published_shapes(
    name: str, outputs: list[tuple[int, ...]]
) -> None:
    """Hidden states and pooled token, or logits; looked at on the meta device."""
    shape = CATALOGUE[name].input_shape
    with torch.device("meta"):
        model = zoo.load(name, input_shape="6" if shape == "128" else shape, seed=0)
        output = invoke(model.module, batched(model.inputs, 1))
    returned = output if isinstance(output, tuple) else (output,)
    assert [tuple(tensor.shape) for tensor in returned] == outputs


def test_an_unknown_name_or_a_shape_that_does_not_fit_is_refused() -> None:
    """Nothing is built for a mistake."""
    with pytest.raises(UnknownNameError, match='did you mean "resnet18"'):
        zoo.load("resnet_18", input_shape="3x224x224", seed=0)
    with pytest.raises(ModelError, match="3x224x224"):
        zoo.load("vit_tiny_patch16_224", input_shape="3x32x32", seed=0)
