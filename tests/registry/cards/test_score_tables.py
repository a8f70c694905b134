"""Results that stand in a card's tables."""

from __future__ import annotations

import pytest
from fitment.registry.cards.card import Score

from tests.registry.cards.reading import card_of, values


def scores(table: str, heading: str = "Evaluation") -> list[object]:
    header, *rows = table.split("/")
    ruler = "|".join("-" for _ in header.split("|"))
    lines = "\n".join(f"|{line}|" for line in (header, ruler, *rows))
    return values(card_of(f"# Ibis-7B\n\n## {heading}\n\n{lines}\n").evaluation)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("metric|value/acc|0.9", [Score("acc", "0.9", 0.9)]),
        ("dataset|F1/conll|89.9", [Score("F1", "89.9", 89.9, "conll")]),
        ("task|metric|value/arc|acc|61", [Score("acc", "61", 61.0, "arc")]),
        (
            "model|arc/Ibis-7B|61/Gull|60",
            [Score("arc", "61", 61.0), Score("arc", "60", 60.0, subject="Gull")],
        ),
        (
            "benchmark|Ibis-7B|Gull/mmlu|70|66",
            [Score("mmlu", "70", 70.0), Score("mmlu", "66", 66.0, subject="Gull")],
        ),
        ("benchmark|shots|score/mmlu|5|70", [Score("mmlu", "70", 70.0)]),
        ("model|note/Ibis|good", []),
        ("metric|value/acc|", []),
    ],
)
def test_whose_figure_of_what(table: str, expected: list[Score]) -> None:
    """Metric, dataset and model by the header; another model's figure keeps its name."""
    assert scores(table) == expected


def test_other_tables_hold_no_results() -> None:
    """Sizes of files are none."""
    assert scores("name|size/a.gguf|5.4", "Provided files") == []


def test_names_of_other_scripts_are_told_apart() -> None:
    """Two models are not one because all their Latin letters are the same."""
    card = card_of("# 小鹤-7B\n\n## Evaluation\n\n|benchmark|天鹰-7B|小鹤-7B|\n|-|-|-|\n|mmlu|61|45|\n")
    assert values(card.evaluation) == [
        Score("mmlu", "45", 45.0),
        Score("mmlu", "61", 61.0, subject="天鹰-7B"),
    ]
