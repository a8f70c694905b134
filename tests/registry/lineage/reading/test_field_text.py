"""Fields of text as numbers and times."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.registry.lineage.names import packed
from fitment.registry.lineage.reading.field_text import moment, moments_of, whole_number, wholes_of


def places(*texts: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    text, starts = packed(texts)
    return text, starts[:-1], starts[1:]


@pytest.mark.parametrize(("text", "number"), [("7", 7), ("12.0", 12), ("1e3", 1000), ("+5", 5), ("true", 1)])
def test_whole_numbers(text: str, number: float) -> None:
    """However they are spelled."""
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["-1", "1.5", "1e400", "1e16", "inf", "0x10", "1_000", " 7", "٣", "9" * 40])
def test_what_is_no_whole_number(text: str) -> None:
    """Is refused by a line that shows it."""
    with pytest.raises(ValueError, match="is no whole number from 0 to 1e15"):
        whole_number(text)


def test_times() -> None:
    """With a zone, in UTC; without one they say nothing certain."""
    assert moment("2022-03-02T23:29:04+01:00") == np.datetime64("2022-03-02T22:29:04", "us")
    assert np.isnat(moment("NaT"))
    for text in (
        "2022-03-02T23:29:04",
        "2022-03-02",
        "0001-01-01T00:00:00+23:00",
        "x" * 50,
        "2023-02-29T00:00Z",
    ):
        with pytest.raises(ValueError, match="is no time such as"):
            moment(text)


def test_columns_name_what_is_odd() -> None:
    """By the row, with the column as the file calls it; NaN and nothing are no 0."""
    problems: dict[int, str] = {}
    found = wholes_of(places("1", "", "nan", "12.0", "-3", "1e2"), "likes", problems)
    np.testing.assert_array_equal(found, [1, np.nan, np.nan, 12, np.nan, 100])
    assert problems == {4: "its likes: '-3' is no whole number from 0 to 1e15"}
    when = moments_of(places("1969-01-01T00:00:00.000Z", "", "soon"), "createdAt", problems)
    assert when.astype(str).tolist() == ["1969-01-01T00:00:00.000000", "NaT", "NaT"]
    assert problems[2] == "its createdAt: 'soon' is no time such as 2022-03-02T23:29:04.000Z"
