from __future__ import annotations

import io

import pytest
from fitment.registry.report.fitted import Fitted, fold, folded
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

NAMES = st.text(st.characters(categories=["L", "N", "P"], max_codepoint=0xFFFF), min_size=1, max_size=40)


def test_numbers_stay_with_their_units() -> None:
    """A line never ends between a number and its unit, or begins with a separator."""
    text = "NVIDIA GeForce RTX 4090, 24 GiB with batch 32 · bf16 · eager: 4,214 samples/s"
    for width in range(12, 60):
        for line in fold(text, width):
            assert not line.endswith(("24", "batch", "4,214"))
            assert not line.startswith("·")


def test_a_long_word_stays_whole_to_be_copied() -> None:
    """A path longer than the line is not cut unless asked."""
    path = "results/" + "x" * 80
    assert path in fold(f"see {path} there", 40)
    assert max(map(len, fold(path, 40, break_words=True))) == 40


def test_folded_text_is_inert_and_indented() -> None:
    """Escapes are shown, later lines stand under the text of the first."""
    lines = folded("a\x1b[2J b " * 10, 30, prefix="1  ", indent="   ").plain.split("\n")
    assert "\x1b" not in "".join(lines)
    assert lines[0].startswith("1  a\\x1b[2J")
    assert all(line.startswith("   a") for line in lines[1:])


def test_an_empty_text_is_a_line() -> None:
    """Nothing to say still gives a cell its line."""
    assert fold("", 10) == [""]


@pytest.mark.parametrize("width", [5, 11, 17])
@given(text=NAMES)
def test_a_cell_loses_no_character(width: int, text: str) -> None:
    """In a narrow column every character of a name is still there, also those two cells wide."""
    table = Table(box=None, padding=(0, 0), show_header=False)
    table.add_column(width=width)
    table.add_row(Fitted((text, "")))
    out = io.StringIO()
    Console(file=out, width=width).print(table)
    lines = out.getvalue().splitlines()
    assert "".join(line.strip() for line in lines) == "".join(text.split())
    assert max(map(cell_len, lines)) <= width
