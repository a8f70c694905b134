"""Tables of GitHub's Markdown: their cells, and the figures in them."""

from __future__ import annotations

import pytest
from fitment.registry.cards.markdown_tables import cells, is_ruler, number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("86.03", 86.03),
        ("**86.0** %", 86.0),
        ("0.86 ± 0.01", 0.86),
        ("271.51 +/- 18.81", 271.51),
        ("1,234,567", 1234567.0),
        ("-1e-05", -1e-05),
        ("86.0 (+1.2)", 86.0),
        (".5", 0.5),
        ("1.2.3", None),
        ("86 of 100", None),
        ("", None),
        ("-", None),
        ("nan", None),
        ("1e999", None),
        ("9" * 100, None),
    ],
)
def test_a_figure_is_read_or_is_none(text: str, value: float | None) -> None:
    """Percent signs and spreads are left out; versions, words and what is not finite are no figures."""
    assert number(text) == value


def test_cells_and_rulers() -> None:
    """With and without outer bars, escaped bars within."""
    assert cells("| a | **b** | c\\|d |") == ("a", "b", "c|d")
    assert cells("a | b") == ("a", "b")
    assert is_ruler("|:-:|--:|")
    assert is_ruler("--|--")
    assert not is_ruler("---")
    assert not is_ruler("| a | - |")
