"""A row that is added as vectors leaves the record that adding it number by number leaves."""

from __future__ import annotations

import numba
import numpy as np
import pytest
from fitment.kernels import record_lines
from fitment.kernels.scattered_moments import _Records

NAN, INF, LARGEST = np.nan, np.inf, 3e38


@numba.njit
def added(records, at, x, y, z):
    return record_lines.add_row(records, at, x, y, z)


def records_with_shifts(*shifts: float) -> _Records:
    """Of two groups, the second with shifts and some rows."""
    records = _Records([np.empty(0, np.float32)] * 3, 2)
    records.shifts[1, :3], records.counts[1, 3], records.sums[1, 2:] = shifts, 5, np.arange(6) / 7
    return records


@pytest.mark.parametrize("row", [(1.1, 2.7, 3.3), (0.0, -0.0, 1e-40), (LARGEST, -LARGEST, 1.0)])
def test_a_usual_row_is_added_to_the_bit(row: tuple[float, float, float]) -> None:
    """One row more, and its deviations and squares on top; the other record stays."""
    ours, plain = records_with_shifts(1.0, 2.5, -0.1), records_with_shifts(1.0, 2.5, -0.1)
    singles = [np.float32(x) for x in row]
    assert added(ours.sums, 8, *singles)
    assert record_lines._add_row_plainly(plain.sums, 8, *singles)
    assert ours.sums.tobytes() == plain.sums.tobytes()
    assert ours.counts[1, 3] == 6
    assert ours.sums[1, 2] == np.float64(singles[0]) - 1.0


@pytest.mark.parametrize("odd", [NAN, INF, -INF])
@pytest.mark.parametrize("column", range(3))
@pytest.mark.parametrize("in_shift", [False, True])
def test_an_odd_row_is_left_alone(odd: float, column: int, in_shift: bool) -> None:
    """Where a value or a shift is no number, in any column, nothing changes."""
    row, shifts = [np.float32(1)] * 3, [1.0, 1.0, 1.0]
    (shifts if in_shift else row)[column] = np.float32(odd)
    for add in (added, record_lines._add_row_plainly):
        records = records_with_shifts(*shifts)
        before = records.sums.tobytes()
        assert not add(records.sums, 8, *row)
        assert records.sums.tobytes() == before
