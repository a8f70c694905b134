"""fitment.harness.precisions.linear_layers: layers that are replaced, and how much of a model they are."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch
from fitment.harness.errors import UnsupportedError
from fitment.harness.precisions import int8_dynamic, linear_layers
from torch import nn

# In a process of its own, as a worker is: the compiler's import alone changes torch for the whole process.
CHILD = """
import torch
from torch import nn
from fitment.harness.precisions.fp8 import Fp8Linear
from fitment.harness.precisions.int8_weight_only import Int8Linear
for make in (Int8Linear, Fp8Linear):
    layer = make(nn.Linear(32, 32).bfloat16())
    inputs = torch.randn(3, 2, 32).bfloat16()
    with torch.inference_mode():
        whole = torch.compile(layer, backend="eager", fullgraph=True)(inputs)
        print(torch.equal(whole, layer(inputs)))
"""


def test_a_compiler_takes_each_layer_whole() -> None:
    """A break of the graph in every layer would be measured as the compiler's slowness."""
    child = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True)
    assert child.stdout.split() == ["True", "True"], child.stderr


def test_a_layer_inside_another_is_reached() -> None:
    """Replaced in place, under the name that it had; others are left alone."""
    inner = nn.Sequential(nn.Linear(2, 2), nn.ReLU())
    module = nn.Sequential(inner, nn.Linear(2, 3))
    made = linear_layers.with_linear_layers(module, lambda layer: nn.Identity(), lambda x: x.out_features < 3)
    assert made is module
    assert [type(layer) for layer in inner] == [nn.Identity, nn.ReLU]
    assert type(module[1]) is nn.Linear


def test_shares_count_what_multiplies() -> None:
    """Embeddings only look up; a model with nothing that multiplies has no share at all."""
    module = nn.Sequential(nn.Embedding(100, 10), nn.Linear(10, 10), nn.Conv1d(10, 30, 1))
    assert linear_layers.linear_share(module) == 0.25
    assert linear_layers.linear_share(module, lambda layer: False) == 0
    assert linear_layers.linear_share(nn.ReLU()) == 0
    with pytest.raises(UnsupportedError, match="some precision reaches linear layers only: 25%"):
        linear_layers.require_linear("some precision", module)


def test_torchs_own_transformer_layer_is_quantised_dynamically() -> None:
    """Its fused path, which would read the weights past the layer, is off."""
    torch.manual_seed(0)
    module = nn.TransformerEncoderLayer(16, 2, 64, batch_first=True).eval()
    inputs = (torch.randn(2, 4, 16),)
    with torch.inference_mode():
        expected = module(*inputs)
        prepared = int8_dynamic.prepare(module, inputs, "cpu")
        found = prepared.module(*inputs)
    assert float((found - expected).norm() / expected.norm()) < int8_dynamic.TOLERANCE
