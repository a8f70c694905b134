from __future__ import annotations

import pytest
from fitment.registry.changes.empirical_null import Shift
from fitment.registry.changes.stack_change import StackComparison
from fitment.registry.report.stack_change_text import SHOWN, document, shift_in_words

from tests.registry.report.stack_changes import comparison


@pytest.fixture(scope="module")
def found() -> StackComparison:
    return comparison()


def test_the_shift_apart_then_the_largest_changes(found: StackComparison) -> None:
    """What all share has its own section; more than ten changes are counted, or shown where asked for."""
    shown = document(found)
    titles = [section.title for section in shown.sections]
    assert titles == [
        "What was compared",
        "What the stack did to all",
        "12 faster than that shift",
        "Notes",
    ]
    assert shown.title == "A: from torch 2.1, CUDA 12.4 to torch 2.4, CUDA 12.4"
    assert "the newer stack is faster" in shown.sections[1].lines[0]
    tables = [document(found, everything=e).sections[2].table for e in (False, True)]
    assert [len(table.rows) for table in tables if table] == [SHOWN, 12]
    assert any("n = 1 a side, noise assumed: 72 of 72" in line for line in shown.sections[-1].lines)


def test_a_shift_in_words() -> None:
    """As a percentage with its interval, or alone where there is none."""
    assert shift_in_words(Shift(0.045, 0.0491, 0.0535)) == "+5.0% [+4.6%, +5.5%]"
    assert shift_in_words(Shift(None, -0.1, None)) == "-9.5%"
