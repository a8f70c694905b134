"""Labelled lines, as the hub's template has them, and two-column tables."""

from __future__ import annotations

import pytest
from fitment.registry.cards.card import Fact, Source
from fitment.registry.cards.template import field_of
from fitment.registry.catalogue.model_record import BaseModel

from tests.registry.cards.reading import card_of, values


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("License", "licence"),
        ("Paper [optional]:", "papers"),
        ("Language(s) (NLP)", "language"),
        ("Carbon Emitted (power x time)", "emissions"),
        ("Number of Parameters (Non-Embedding)", None),
        ("Shared by", None),
        ("", None),
    ],
)
def test_the_field_of_a_label(label: str, field: str | None) -> None:
    """Asides are left out, but not those that make it a part of the parameters."""
    assert field_of(label) == field


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("5.2 kg CO2eq", 5200.0),
        ("0.15 t", 150_000.0),
        ("12 g", 12.0),
        ("11,250 kg", 11_250_000.0),
        ("5", None),
        ("a lot", None),
    ],
)
def test_emissions_need_their_unit(text: str, grams: float | None) -> None:
    """A bare figure is no quantity."""
    assert values(card_of(f"- **Carbon Emitted:** {text}").carbon) == [Fact("emissions", text, grams)]


def test_values_are_read_as_their_field_wants_them() -> None:
    """Languages as codes, models by their links, papers and code by address, lists apart."""
    card = card_of(
        "- **Language(s) (NLP):** English, German\n- **Finetuned from model [optional]:** [B](https://huggingface.co/a/b)\n"
        "- **Repository:** [code](https://github.com/c/d)\n- **Paper:** [P](https://arxiv.org/abs/2001.00001)\n"
        "- **Training data:** Wiki, News (12 GB)\n- **Demo:** [More Information Needed]\n"
    )
    assert values(card.language) == ["en", "de"]
    assert values(card.base_models) == [BaseModel("a/b", "finetune")]
    assert values(card.github_repo) == ["https://github.com/c/d"]
    assert values(card.papers) == ["arxiv:2001.00001"]
    assert values(card.datasets) == ["Wiki", "News"]
    assert card.demo == ()


def test_a_table_of_two_columns_is_labels_too() -> None:
    """With its own source."""
    (found,) = card_of("| a | b |\n|-|-|\n| **License** | `MIT` |\n").licence
    assert (found.value, found.source, found.line) == ("mit", Source.TABLE, 3)


def test_a_label_may_stand_plain_on_its_line() -> None:
    """For what no dialogue says: a prompt's input and output are no formats."""
    card = card_of(
        "License: Apache 2.0\nBase model: a/b\nInput: Who?\nOutput: me\nhttps://x.org/license: y\n"
    )
    assert (values(card.licence), values(card.base_models)) == (["apache-2.0"], [BaseModel("a/b", None)])
    assert (card.input_format, card.output_format) == ((), ())


def test_emissions_stand_before_their_gas_too() -> None:
    """With their unit; a bare mention is none."""
    (found,) = card_of("Training emitted 390 tCO₂eq.").carbon
    assert "390" in found.value.text
    assert card_of("We offset what CO2 we emitted.").carbon == ()


def test_chinese_labels_and_colons_are_read() -> None:
    """Bold, as a bullet, plain; the model's own row of a table, where the title says "model" too."""
    card = card_of(
        "# 鹤语-7B 模型\n\n**参数量**：7.3B\n- 基座模型：a/b\n\n许可证：Apache-2.0\n\n## 评测\n\n"
        "| 模型 | MMLU |\n|-|-|\n| 鹤语-7B | 56.7 |\n| 天鹰-7B | 50.1 |\n"
    )
    assert values(card.parameter_count)[0] == 7_300_000_000
    assert (values(card.base_models), values(card.licence)) == ([BaseModel("a/b", None)], ["apache-2.0"])
    assert [(each.value.value, each.value.subject) for each in card.evaluation] == [
        (56.7, None),
        (50.1, "天鹰-7B"),
    ]
