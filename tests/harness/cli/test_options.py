from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from pathlib import Path

import pytest
from fitment.harness.cli.options import db_path, numbers, positive, words


def test_the_option_wins_then_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """--db-path, else $FITMENT_DB, else $BENCHMARK_DB_PATH, else ./fitment.duckdb."""
    monkeypatch.setenv("FITMENT_DB", "a.duckdb")
    monkeypatch.setenv("BENCHMARK_DB_PATH", "b.duckdb")
    assert db_path(Namespace(db_path=Path("c.duckdb"))) == Path("c.duckdb")
    assert db_path(Namespace(db_path=None)) == Path("a.duckdb")
    monkeypatch.delenv("FITMENT_DB")
    assert db_path(Namespace(db_path=None)) == Path("b.duckdb")
    monkeypatch.delenv("BENCHMARK_DB_PATH")
    assert db_path(Namespace(db_path=None)) == Path("fitment.duckdb")


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "nan", "", "1e3", "²", "٣", "1" * 5000, "1000000001"])
def test_B03_a_count_is_a_positive_whole_number(text: str) -> None:
    """Nothing else passes, however it is spelled, and the message stays short."""
    with pytest.raises(ArgumentTypeError, match="a whole number from 1") as caught:
        positive(text)
    assert len(str(caught.value)) < 150


def test_lists_are_separated_by_commas() -> None:
    """Blanks around the parts don't matter."""
    assert words("a, b,c") == ["a", "b", "c"]
    assert numbers("1, 8") == [1, 8]


def test_what_is_no_number_stands_as_it_is() -> None:
    """Whether an axis knows a word, or takes a number below 1, is for its own check to say."""
    found = numbers("1,max, -1,1.5,,²," + "1" * 5000)
    assert found == [1, "max", -1, "1.5", "", "²", "1" * 5000]
