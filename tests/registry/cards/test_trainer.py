"""What training libraries write into a card."""

from __future__ import annotations

import pytest
from fitment.registry.cards.card import Fact, Score, Source
from fitment.registry.cards.trainer import datasets_of
from fitment.registry.catalogue.model_record import BaseModel

from tests.registry.cards.reading import card_of, values


@pytest.mark.parametrize(
    ("text", "base"),
    [
        (
            "This model is a fine-tuned version of [x](https://huggingface.co/a/b) on the c dataset.",
            BaseModel("a/b", "finetune"),
        ),
        ("This model is a fine-tuned version of [a/b](../local) on d.", BaseModel("a/b", "finetune")),
        ("It is a LoRA adapter for `a/b`.", BaseModel("a/b", "adapter")),
        ("A quantized version of a/b.", BaseModel("a/b", "quantized")),
        (
            "# M\n\nA merge of the following models:\n\n- [a](https://huggingface.co/a/b)\n",
            BaseModel("a/b", "merge"),
        ),
    ],
)
def test_the_base_model_of_a_sentence(text: str, base: BaseModel) -> None:
    """By its link where there is one."""
    assert values(card_of(text).base_models) == [base]


@pytest.mark.parametrize(
    "text", ["a fine-tuned version of our model", "fine-tuned version of [the best one](x)"]
)
def test_words_are_no_model(text: str) -> None:
    """Neither are those of a link that leads to none."""
    assert card_of(text).base_models == ()


@pytest.mark.parametrize(
    ("text", "datasets"),
    [
        (" on the glue dataset.", ["glue"]),
        (" on the a/b, the c and the d datasets.", ["a/b", "c", "d"]),
        (" on the [x](https://huggingface.co/datasets/y/z) dataset.", ["y/z"]),
        (" on the None dataset.", []),
        (" on an unknown dataset.", []),
        (" for fun.", []),
    ],
)
def test_the_datasets_of_a_sentence(text: str, datasets: list[str]) -> None:
    """As the trainer joins them."""
    assert list(datasets_of(text)) == datasets


def test_lists_tables_and_code_of_hyper_parameters() -> None:
    """Under their heading, and only there."""
    card = card_of(
        "## Hyperparameters\n- lr: 1e-3\n\n```\nsteps = 5\n```\n\n| name | v |\n|-|-|\n| k | 2 |\n"
        "## Other\n- x: 1\n"
    )
    found = {each.value.name: each.value for each in card.hyper_parameters}
    assert found == {
        "lr": Fact("lr", "1e-3", 0.001),
        "steps": Fact("steps", "5", 5.0),
        "k": Fact("k", "2", 2.0),
    }


def test_results_and_the_last_step() -> None:
    """The list of final results, and of the progress its last row alone."""
    text = (
        "# m\nIt achieves the following results on the evaluation set:\n- Loss: 0.5\n- Note: fine\n\n"
        "| Training Loss | Epoch | Step | Validation Loss | Wer |\n|-|-|-|-|-|\n"
        "| 2 | 1 | 9 | 0.9 | 3 |\n| 1 | 2 | 18 | 0.5 | 2 |\n"
    )
    found = card_of(text).evaluation
    assert values(found) == [Score("Loss", "0.5", 0.5), Score("Wer", "2", 2.0)]
    assert {each.source for each in found} == {Source.TRAINER}
