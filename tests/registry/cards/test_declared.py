"""The front matter's fields, as the hub defines them."""

from __future__ import annotations

import pytest
from fitment.registry.cards.card import Fact
from fitment.registry.catalogue.model_record import BaseModel

from tests.registry.cards.reading import front, values


@pytest.mark.parametrize(
    ("keys", "relation"),
    [
        ("base_model: a/b", None),
        ("base_model: a/b\nbase_model_relation: adapter", "adapter"),
        ("base_model: a/b\nbase_model_relation: cousin", None),
        ("base_model: a/b\nlibrary_name: peft", "adapter"),
        ("base_model: a/b\ntags: [gguf]", "quantized"),
        ("base_model: a/b\ntags: [merge]", "merge"),
        ("base_model: a/b\ntags: [generated_from_trainer]", "finetune"),
    ],
)
def test_a_base_models_relation(keys: str, relation: str | None) -> None:
    """As it is said, else as tags and library leave no doubt."""
    assert values(front(keys).base_models) == [BaseModel("a/b", relation)]


def test_what_follows_from_task_and_tags() -> None:
    """Domain, what goes in and out; frameworks, libraries, subjects, papers and data by their tags."""
    card = front("pipeline_tag: image-to-text\ntags: [jax, timm, medical, 'arxiv:2010.11929', 'dataset:c4']")
    assert values(card.domain) == ["multimodal", "medical"]
    assert (values(card.input_format), values(card.output_format)) == (["image"], ["text"])
    assert (values(card.frameworks), values(card.libraries)) == (["jax"], ["timm"])
    assert (values(card.papers), values(card.datasets)) == (["arxiv:2010.11929"], ["c4"])


def test_emissions_are_grams() -> None:
    """As a figure, as text with a unit, as a mapping; what is no figure has no number."""
    assert values(front("co2_eq_emissions: 149200").carbon) == [Fact("emissions", "149200", 149200.0)]
    assert values(front("co2_eq_emissions: much").carbon) == [Fact("emissions", "much", None)]
    card = front("co2_eq_emissions:\n  emissions: 5\n  hardware_used: T4\n  geographical_location: Oslo")
    assert values(card.carbon) == [Fact("emissions", "5", 5.0), Fact("compute region", "Oslo", None)]
    assert values(card.hardware) == ["T4"]


def test_widgets_and_inference_are_kept_as_they_stand() -> None:
    """Mappings where texts are expected are stepped over, not read as something else."""
    card = front(
        "inference: false\nwidget:\n- text: hi\n- src: a.jpg\nlicense:\n  name: mit\nlanguage:\n- [en]\n- de"
    )
    assert values(card.inference) == ["false"]
    assert values(card.widget) == ["text: hi", "src: a.jpg"]
    assert (card.licence, values(card.language)) == ((), ["de"])
    assert sorted(card.notes) == [
        f"line {line}: {key} holds what is no text, which is not read"
        for line, key in ((7, "license"), (9, "language"))
    ]
