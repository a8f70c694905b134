"""fitment.harness.models.zoo.catalogue: the published names and counts."""

from __future__ import annotations

import pytest
import torch
from fitment.harness.models import zoo
from fitment.harness.models.weights import parameter_count
from fitment.harness.models.zoo.catalogue import CATALOGUE

PUBLISHED = {
    "resnet18": 11_689_512,
    "resnet50": 25_557_032,
    "vit_tiny_patch16_224": 5_717_416,
    "vit_base_patch16_224": 86_567_656,
    "bert-base-uncased": 109_482_240,
    "distilbert-base-uncased": 66_362_880,
    "all-MiniLM-L6-v2": 22_713_216,
    "gpt2": 124_439_808,
}


@pytest.mark.parametrize("name", CATALOGUE)
def test_parameters_equal_the_published_count(name: str) -> None:
    """To the last parameter, without allocating one."""
    with torch.device("meta"):
        model = zoo.load(name, input_shape=CATALOGUE[name].input_shape, seed=0)
    assert parameter_count(model.module) == CATALOGUE[name].parameters
    assert CATALOGUE[name].parameters == PUBLISHED.get(name, CATALOGUE[name].parameters)


def test_all_published_names_are_there() -> None:
    """The names under which others published results join with ours."""
    assert PUBLISHED.keys() <= CATALOGUE.keys()
    assert any(name.startswith("mlp-") for name in CATALOGUE)
