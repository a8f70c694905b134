"""fitment.harness.precisions.int8_dynamic: what is sold as int8 is int8."""

from __future__ import annotations

import pytest
import torch
from fitment.harness.errors import UnsupportedError
from fitment.harness.models import zoo
from fitment.harness.models.loaded import invoke
from fitment.harness.models.zoo.catalogue import CATALOGUE
from fitment.harness.precisions import int8_dynamic, linear_layers
from torch import nn


def quantised_layers(module: nn.Module) -> list[nn.Module]:
    """The layers whose weights are int8."""
    return [m for m in module.modules() if isinstance(m, torch.ao.nn.quantized.dynamic.Linear)]


def test_every_linear_layer_holds_int8_weights() -> None:
    """No float linear layer is left, the weights are qint8, and there is no backward pass."""
    loaded = zoo.load("mlp-784-512-512-10", input_shape="784", seed=0)
    prepared = int8_dynamic.prepare(loaded.module, loaded.inputs, "cpu")
    layers = quantised_layers(prepared.module)
    assert [layer.weight().dtype for layer in layers] == [torch.qint8] * 3  # type: ignore[operator]
    assert not any(type(m) is nn.Linear for m in prepared.module.modules())
    assert not list(prepared.module.parameters())
    assert not prepared.trainable


def test_a_model_that_is_one_linear_layer_is_quantised_too() -> None:
    """The root of a model can't be swapped in place, and is wrapped."""
    prepared = int8_dynamic.prepare(nn.Linear(8, 4), (torch.randn(2, 8),), "cpu")
    assert len(quantised_layers(prepared.module)) == 1
    assert invoke(prepared.module, prepared.inputs).shape == (2, 4)


@pytest.mark.parametrize(
    "module", [nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Sequential(nn.Conv2d(3, 64, 3), nn.Linear(8, 8))]
)
def test_a_model_whose_weights_lie_elsewhere_is_refused(module: nn.Module) -> None:
    """Run in fp32 for the most part, it is no int8 result."""
    with pytest.raises(UnsupportedError, match="linear layers only") as caught:
        int8_dynamic.prepare(module, (torch.randn(1, 3, 8, 8),), "cpu")
    assert caught.value.axis == "op"


@pytest.mark.parametrize("name", CATALOGUE)
def test_convolutional_networks_of_the_zoo_are_refused_and_the_others_are_not(name: str) -> None:
    """Embeddings, which only look up, don't count against a model."""
    with torch.device("meta"):
        loaded = zoo.load(name, input_shape=CATALOGUE[name].input_shape, seed=0)
    share = linear_layers.linear_share(loaded.module)
    assert share < 0.1 if name.startswith("resnet") else share > 0.9


def test_it_is_the_cpus_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a GPU, or in a torch without its parts, the reason is one line."""
    assert int8_dynamic.unsupported("cuda") is not None
    monkeypatch.setattr(int8_dynamic.importlib.util, "find_spec", lambda name: None)
    assert "torch.ao" in str(int8_dynamic.unsupported("cpu"))
