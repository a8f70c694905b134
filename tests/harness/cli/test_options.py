from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

import pytest
from fitment.harness.cli.options import (
    WordsError,
    add_words,
    db_path,
    given,
    needed,
    numbers,
    positive,
    result_ids,
    words,
)


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


@pytest.mark.parametrize(
    "line",
    [
        "m v",
        "--model m v",
        "--version v m",
        "--model m --version v",
        "m --version v",
        "--model=m --version=v",
    ],
)
def test_words_and_options_mean_the_same(line: str) -> None:
    """A plain word stands for the first name that no option gave."""
    parser = ArgumentParser()
    add_words(parser, "model", "version")
    args = parser.parse_args(line.split())
    assert (needed(args, "model"), given(args, "version")) == ("m", "v")


def test_missing_and_surplus_words_are_named() -> None:
    """With what would stand there; a name that an option gave leaves room for one word less."""
    parser = ArgumentParser()
    add_words(parser, "model", "version")
    assert given(parser.parse_args(["m"]), "version") is None
    with pytest.raises(WordsError, match="VERSION is missing: its tag, such as v2"):
        needed(parser.parse_args(["m"]), "version")
    with pytest.raises(WordsError, match='"w" is one word too many'):
        given(parser.parse_args(["--model", "m", "v", "w"]), "version")


def test_result_ids_are_whole_numbers_from_1_on() -> None:
    """Separated by commas, and from one to another, as reports print them; a range is not without bounds."""
    assert result_ids("1, 2,17") == [1, 2, 17]
    assert result_ids("4–6, 9,11-11") == [4, 5, 6, 9, 11]
    for text in ("", "1,", "0", "-1", "1.5", "x", "9" * 19, "3-1", "0-2", "2-", "1-2-3", "1-999999999999"):
        with pytest.raises(ArgumentTypeError, match="result ids such as"):
            result_ids(text)
