"""Texts of plain numbers and times."""

from __future__ import annotations

import numpy as np
from fitment.kernels.field_values import plain_moments, plain_wholes
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.fields import _places
from tests.kernels.strategies import deterministic


def test_numbers_by_hand() -> None:
    """Up to 15 digits; a sign, an exponent or a fraction is for another to judge."""
    found = plain_wholes(*_places(["12", "7.0", "", "-1", "1e400", "1.5", "9" * 15, "9" * 16]))
    np.testing.assert_array_equal(found.values, [12, 7, *[np.nan] * 4, 999_999_999_999_999, np.nan])
    assert found.odd.tolist() == [False, False, False, True, True, True, False, True]


@deterministic
@given(moment=st.datetimes())
def test_every_time_is_read_as_numpy_reads_it(moment: object) -> None:
    """To the microsecond, also before 1970."""
    text = f"{moment.isoformat()}Z"  # type: ignore[attr-defined]
    found = plain_moments(*_places([text]))
    assert found.values[0] == np.datetime64(moment, "us")
    assert not found.odd[0]


def test_times_that_are_none() -> None:
    """A day or an hour that there is not, another zone, more than six decimals."""
    texts = ["2023-02-29T00:00:00Z", "2023-01-01T24:00:00Z", "2023-01-01T00:00:00+01:00", "2023-01-01"]
    found = plain_moments(*_places([*texts, "2023-01-01T00:00:00.1234567Z", ""]))
    assert found.odd.tolist() == [True] * 5 + [False]
    assert np.isnat(found.values).all()
