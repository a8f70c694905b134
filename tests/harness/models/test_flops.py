"""fitment.harness.models.flops: multiply-accumulates, attention included, as timm publishes them."""

from __future__ import annotations

import csv

import pytest
import torch
from fitment import configs
from fitment.harness.models import zoo
from fitment.harness.models.flops import macs_per_sample
from fitment.harness.models.loaded import LoadedModel
from fitment.harness.models.zoo.catalogue import CATALOGUE
from torch import nn
from torch.nn.functional import scaled_dot_product_attention

IMAGE_MODELS = ("resnet18", "resnet50", "vit_tiny_patch16_224", "vit_base_patch16_224")
# Made with a torch whose fused attention timm's counter passed over: ViT-base is 16.87 there, not 17.58.
WITHOUT_ATTENTION = "benchmark-infer-amp-nchw-pt210-cu121-rtx3090.csv"


def published_gmacs(model: str) -> dict[str, float]:
    """What each shipped result file says of the model at 224 pixels."""
    gmacs = {}
    for path in sorted(configs.path("published/timm").glob("benchmark-infer-*.csv")):
        with path.open(newline="") as file:
            for row in csv.DictReader(file):
                if row["model"] == model and row["infer_img_size"] == "224":
                    gmacs[path.name] = float(row["infer_gmacs"])
    return gmacs


def counted(name: str) -> float:
    """MACs of a zoo model, on the meta device: no arithmetic is done."""
    with torch.device("meta"):
        model = zoo.load(name, input_shape=CATALOGUE[name].input_shape, seed=0)
    macs = macs_per_sample(model)
    assert macs is not None
    return macs


@pytest.mark.parametrize("name", IMAGE_MODELS)
def test_image_models_compute_what_timm_published(name: str) -> None:
    """Within 2 % of each file's GMACs, and of the catalogue's."""
    published = published_gmacs(name)
    attends = name.startswith("vit")
    comparable = [gmacs for file, gmacs in published.items() if not (attends and file == WITHOUT_ATTENTION)]
    assert len(comparable) >= 12
    gmacs = counted(name) / 1e9
    assert gmacs == pytest.approx(CATALOGUE[name].gmacs, rel=0.02)
    assert comparable == pytest.approx([gmacs] * len(comparable), rel=0.02)


@pytest.mark.parametrize("name", ["vit_tiny_patch16_224", "vit_base_patch16_224"])
def test_attention_is_counted(name: str) -> None:
    """The count is above that of the file whose attention is missing, by the two products of attention."""
    without = published_gmacs(name)[WITHOUT_ATTENTION]
    width = {"vit_tiny_patch16_224": 192, "vit_base_patch16_224": 768}[name]
    attention = 12 * 2 * 197 * 197 * width
    assert counted(name) - attention == pytest.approx(without * 1e9, rel=0.005)


@pytest.mark.parametrize(
    ("name", "width", "depth", "hidden", "rest"),
    [
        ("bert-base-uncased", 768, 12, 3072, 768 * 768),  # the pooler, once
        ("distilbert-base-uncased", 768, 6, 3072, 0),
        ("all-MiniLM-L6-v2", 384, 6, 1536, 384 * 384),
        ("gpt2", 768, 12, 3072, 128 * 768 * 50257),  # logits at every position
    ],
)
def test_text_models_compute_what_their_dimensions_say(
    name: str, width: int, depth: int, hidden: int, rest: int
) -> None:
    """Four projections, two feed-forward products and the two of attention in each layer, at length 128."""
    layer = 128 * (4 * width * width + 2 * width * hidden) + 2 * 128 * 128 * width
    assert counted(name) == depth * layer + rest


def test_a_real_forward_counts_the_same_as_a_meta_one() -> None:
    """What is counted on the CPU, where attention is fused, is the same; the batch plays no part."""

    class Attention(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return scaled_dot_product_attention(x, x, x)

    for device in ("cpu", "meta"):
        loaded = LoadedModel(Attention(), (torch.randn(5, 2, 7, 16, device=device),), "example")
        assert macs_per_sample(loaded) == 2 * 2 * 7 * 7 * 16


def test_torchs_own_encoder_layer_is_counted_in_spite_of_its_fast_path() -> None:
    """nn.TransformerEncoderLayer in eval mode is one fused operation otherwise, and counts nothing."""
    layer = nn.TransformerEncoderLayer(16, 2, dim_feedforward=32, dropout=0.0, batch_first=True).eval()
    loaded = LoadedModel(layer, (torch.randn(1, 5, 16),), "example")
    assert macs_per_sample(loaded) == 5 * (4 * 16 * 16 + 2 * 16 * 32) + 2 * 5 * 5 * 16


def test_nothing_countable_is_not_zero_work() -> None:
    """A model without convolutions and matrix products has no count, rather than 0."""
    assert macs_per_sample(LoadedModel(nn.ReLU(), (torch.randn(2, 3),), "example")) is None
