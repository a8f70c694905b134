from __future__ import annotations

import math

import pytest
from fitment.kernels import rank_draws
from fitment.registry import units
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.1234, "0.123"), (1, "1.00"), (9.996, "10.0"), (99.96, "100"), (999.6, "1,000"),
     (188343.61, "188,344"), (-3.2, "-3.20"), (0, "0"), (None, "–"), (math.nan, "–"), (math.inf, "–")],
)  # fmt: skip
def test_numbers_have_three_significant_digits(value: float | None, shown: str) -> None:
    """Three digits, but never fewer than the whole number has; what is missing is a dash, not 0."""
    assert units.number(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1e-7, "0.100 µs"), (5.4e-6, "5.40 µs"), (0.00099996, "1.00 ms"), (0.005426, "5.43 ms"),
     (0.99996, "1.00 s"), (300, "300 s"), (None, "–")],
)  # fmt: skip
def test_durations_take_their_unit_after_rounding(value: float | None, shown: str) -> None:
    """A duration stands in the largest unit that it reaches once rounded."""
    assert units.seconds(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(500, "0.500 kB"), (102e6, "102 MB"), (999.96e6, "1.00 GB"), (97_871_212_544, "97.9 GB"), (None, "–")],
)
def test_bytes_use_powers_of_ten(value: float | None, shown: str) -> None:
    """A megabyte is 1e6 bytes."""
    assert units.size(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1.0, "best"), (0.9999, "99%"), (0.1, "10%"), (0.0999, "10%"), (0.0995, "10%"), (0.024, "2.4%"),
     (0.0009, "0.09%"), (1e-9, "<0.01%"), (None, "–")],
)  # fmt: skip
def test_shares_never_round_up_to_the_best(value: float | None, shown: str) -> None:
    """Only the best itself reads as the best."""
    assert units.share(value) == shown


@given(st.floats(1e-9, 1e12))
def test_a_shown_number_is_close_to_the_number(value: float) -> None:
    """What is shown differs from the value by at most half of the third digit."""
    assert math.isclose(float(units.number(value).replace(",", "")), value, rel_tol=0.0051)


def test_counts_and_scores() -> None:
    """Counts are whole, scores line up."""
    assert (units.count(10234), units.count(None)) == ("10,234", "–")
    assert (units.score(2 / 3), units.score(None), units.score(math.nan)) == ("0.667", "–", "–")


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(99.0, 101.0, "±1.0%"), (0.999, 1.001, "±0.10%"), (80.0, 125.0, "±25%"), (1.0, 5.76, "×÷2.4"),
     (1.0, 250_000.0, "×÷500"), (5.0, 5.0, "±0.00%"), (None, 1.0, ""), (1.0, None, ""), (0.0, 1.0, ""),
     (math.nan, 1.0, ""), (1.0, math.inf, "")],
)  # fmt: skip
def test_a_spread_is_half_an_interval(low: float | None, high: float | None, shown: str) -> None:
    """In percent, as a factor where that says more, and empty where one of the limits is missing."""
    assert units.spread(low, high) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.4321, "0.43"),
        (0.994, "0.99"),
        (1.0, ">0.99"),
        (0.005, "0.01"),
        (0.0, "<0.01"),
        (None, "–"),
        (math.nan, "–"),
    ],
)
def test_a_probability_is_never_certainty(value: float | None, shown: str) -> None:
    """Of 1,000 draws the share has two digits, and the ends stay open."""
    assert units.probability(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.948, "0.94"), (0.9499999, "0.94"), (0.95, "0.95"), (0.797, "0.79"), (0.8, "0.80"), (0.047, "0.04"),
     (0.05, "0.05"), (0.606, "0.61")],
)  # fmt: skip
def test_a_probability_stays_on_its_side_of_a_word(value: float, shown: str) -> None:
    """What the legend says of 0.95, 0.80 and 0.05 holds of the figures as they are printed."""
    assert units.probability(value) == shown


@given(st.floats(0.0, 1.0))
def test_the_word_of_a_printed_probability(value: float) -> None:
    """Read from what is printed, the word and the tie group are those of the probability itself."""
    printed = float(units.probability(value).lstrip("<>"))
    assert rank_draws.certainty_word(printed) == rank_draws.certainty_word(value)
    assert rank_draws.tie_group([printed]) == rank_draws.tie_group([value])
    assert units.BORDERS == (rank_draws.TIED, rank_draws.LIKELY, rank_draws.CLEAR)
