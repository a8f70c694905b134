"""Parts of the rows, put together."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.partial_moments import add_part, mean_of, no_moments, of_deviations, packs, variance_of


@pytest.mark.parametrize(
    ("columns", "expected"),
    [(0, []), (1, [(0, 1)]), (3, [(0, 3)]), (5, [(0, 3), (3, 1), (4, 1)]), (7, [(0, 3), (3, 3), (6, 1)])],
)
def test_packs(columns: int, expected: list[tuple[int, int]]) -> None:
    """Three by three, then one by one."""
    assert [(first, len(pack)) for first, pack in packs([np.empty(0)] * columns)] == expected


def test_parts_add_up_to_the_whole() -> None:
    """Any split of a column, with empty parts in it, has the moments of the whole column."""
    x = 1e6 * (1 + 1e-9 * np.random.default_rng(0).standard_normal(1000))
    moments = no_moments(1, 2)
    for part in np.split(x, [0, 1, 5, 5, 700]):
        shift = part[0] if part.size else 0.0
        deviations = part - shift
        offset, squares = of_deviations(part.size, deviations.sum(), (deviations**2).sum())
        add_part((0, 1), part.size, shift, offset, squares, *moments.arrays)
    exact = x - x[0]
    assert moments.count.tolist() == [[0, 1000]]
    assert variance_of(moments)[0, 1] == pytest.approx(exact.var(ddof=1), rel=1e-13)
    assert mean_of(moments)[0, 1] == x[0] + exact.mean()
    assert np.isnan(mean_of(moments)[0, 0])
    assert np.isnan(variance_of(moments)[0, 0])
