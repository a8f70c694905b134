from __future__ import annotations

from datetime import date

import pytest
from fitment.registry.report.chart_scale import Scale, dates, scale
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("values", "ticks"),
    [((0, 97), (0, 20, 40, 60, 80, 100)), ((0.31, 0.62), (0.3, 0.4, 0.5, 0.6, 0.7)),
     ((5, 5), (0, 2, 4, 6, 8, 10)),
     ((0, 0), (-1, -0.5, 0, 0.5, 1)), ((-3, 4), (-4, -2, 0, 2, 4))],
)  # fmt: skip
def test_even_ticks_are_round(values: tuple[float, ...], ticks: tuple[float, ...]) -> None:
    """Each 1, 2 or 5 times a power of ten, from below the least to above the largest."""
    assert scale(values).ticks == ticks


def test_powers_of_ten() -> None:
    """Whole powers over a wide range, 1-2-5 within a few of them."""
    assert scale((7e7, 1.8e11), log=True).ticks == (1e7, 1e8, 1e9, 1e10, 1e11, 1e12)
    assert scale((13, 95), log=True).ticks == (10, 20, 50, 100)
    assert scale((1e9, 1e9), log=True) == Scale(1e9, 2e9, (1e9, 2e9), log=True)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=5), st.booleans())
def test_every_figure_has_a_place(values: list[float], log: bool) -> None:
    """Also the largest and the least that a number can be; marks ascend, and are few."""
    sound = [abs(v) or 1.0 for v in values] if log else values
    found = scale(sound, log=log)
    assert all(0 <= found.at(value) <= 1 for value in sound)
    assert list(found.ticks) == sorted(set(found.ticks))
    assert 2 <= len(found.ticks) <= 9


@pytest.mark.parametrize(
    ("first", "last", "texts"),
    [((2023, 6, 5), (2023, 9, 27), ("2023-06", "2023-07", "2023-08", "2023-09", "2023-10")),
     ((2019, 2, 1), (2024, 1, 1), ("2019", "2020", "2021", "2022", "2023", "2024", "2025")),
     ((1, 1, 1), (9999, 12, 31), ("1", "2000", "4000", "6000", "8000", "9999"))],
)  # fmt: skip
def test_dates(first: tuple[int, int, int], last: tuple[int, int, int], texts: tuple[str, ...]) -> None:
    """Months where they are few, else whole years; the calendar's ends are ends."""
    days = [float(date(*end).toordinal()) for end in (first, last)]
    along, said = dates(days)
    assert said == texts
    assert along.low <= days[0] <= days[1] <= along.high
