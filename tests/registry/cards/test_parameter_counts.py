"""How many parameters a piece of text says that a model has."""

from __future__ import annotations

import pytest
from fitment.registry.cards.parameter_counts import count_in_name, count_of, counts_in


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("7B", 7 * 10**9),
        ("7.61B", 7_610_000_000),
        ("7,6 billion", 7_600_000_000),
        ("124,439,808", 124_439_808),
        ("110 million parameters", 110_000_000),
        ("25600000", 25_600_000),
        ("7", None),
        ("large", None),
        ("0B", None),
    ],
)
def test_a_labelled_value(text: str, count: int | None) -> None:
    """With its unit; a small figure without one is no count."""
    assert count_of(text) == count


def test_a_label_may_name_the_unit() -> None:
    """As timm's "Params (M)" does."""
    assert count_of("25.6", millions=True) == 25_600_000


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("a 1.5 billion parameter model", [(1_500_000_000, True)]),
        ("It has 110M parameters.", [(110_000_000, True)]),
        ("the 7B-parameter variant", [(7 * 10**9, True)]),
        ("from 7 billion to 70 billion parameters", [(70 * 10**9, False)]),
        ("2.7B active parameters", [(2_700_000_000, False)]),
        ("The number of parameters is 66M", [(66_000_000, True)]),
        ("4 parameters", []),
        ("see the parameters below, $7B", []),
    ],
)
def test_counts_of_running_text(text: str, counts: list[tuple[int, bool]]) -> None:
    """Those of ranges and of parts are told apart from a model's own."""
    assert list(counts_in(text)) == counts


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("Llama-2-7b-hf", 7 * 10**9),
        ("Qwen2.5-0.5B", 5 * 10**8),
        ("A 7B and a 13B", None),
        ("resnet50", None),
        ("B2B", None),
    ],
)
def test_a_count_in_a_name(name: str, count: int | None) -> None:
    """Where there is exactly one."""
    assert count_in_name(name) == count
