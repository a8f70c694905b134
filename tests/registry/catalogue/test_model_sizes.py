"""Numbers of parameters in words."""

from __future__ import annotations

import pytest
from fitment.registry.catalogue.model_sizes import SizeRange, parameter_count, parameter_range
from fitment.registry.errors import QuestionError


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("7B", 7 * 10**9),
        ("7.3b", 7_300_000_000),
        ("350 M", 350 * 10**6),
        ("1.5T", 1500 * 10**9),
        ("7,000", 7000),
    ],
)
def test_a_count_is_read(text: str, count: int) -> None:
    """In thousands, millions, billions and trillions, of either case."""
    assert parameter_count(text) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<1B", SizeRange(None, 10**9, open=True)),
        ("1B-10B", SizeRange(10**9, 10**10, open=False)),
        ("10B – 100B", SizeRange(10**10, 10**11, open=False)),
        (">100B", SizeRange(10**11, None, open=True)),
        ("7B", SizeRange(7 * 10**9, 7 * 10**9, open=False)),
    ],
)
def test_a_range_is_read(text: str, expected: SizeRange) -> None:
    """Both ends of a range are in it; what is below or above leaves its bound out."""
    assert parameter_range(text) == expected


@pytest.mark.parametrize("text", ["", "B", "seven", "0", "-7B", "7GB", "1B-", "10B-1B", "<", "1e9", "9" * 30])
def test_what_is_no_number_of_parameters_is_refused(text: str) -> None:
    """With what is needed instead."""
    with pytest.raises(QuestionError):
        parameter_range(text)
