"""By how much candidates miss limits: what is not measured meets none."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.constraints import shortfall

T, L, M = np.array([100.0, 50.0]), np.array([0.2, 0.1]), np.array([4e9, np.nan])


def test_the_limit_missed_most_counts() -> None:
    """Twice too slow and 1.5 times too large is a factor of 2; what meets all is at most 1."""
    found = shortfall(T, L, np.array([6e9, 1e9]), min_throughput=100.0, max_latency=0.1, max_memory=4e9)
    assert found.tolist() == [2.0, 2.0]
    assert shortfall(T, L, M, max_latency=0.2).tolist() == [1.0, 0.5]


def test_without_limits_everything_meets_them() -> None:
    """Also what is not measured."""
    assert shortfall(T, L, M).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("value", [np.nan, 0.0, -1.0, np.inf])
def test_what_is_not_measured_meets_no_limit(value: float) -> None:
    """Unknown memory is rejected by a limit on memory, and by no other."""
    unknown = np.array([value])
    assert shortfall(T[:1], L[:1], unknown, max_memory=1e12).tolist() == [np.inf]
    assert shortfall(unknown, L[:1], M[:1], min_throughput=1e-9).tolist() == [np.inf]
    assert shortfall(T[:1], L[:1], unknown, max_latency=1.0).tolist() == [0.2]


@pytest.mark.parametrize("name", ["min_throughput", "max_latency", "max_memory"])
@pytest.mark.parametrize("value", [0.0, -1.0, np.nan, np.inf])
def test_limits_that_cannot_be(name: str, value: float) -> None:
    """A limit is finite and positive, or it is refused by name."""
    with pytest.raises(ValueError, match=f"{name} must be finite and positive"):
        shortfall(T, L, M, **{name: value})


def test_columns_must_fit_also_without_a_limit_on_them() -> None:
    """A single latency is not every candidate's, and a mask is not lost."""
    with pytest.raises(ValueError, match=r"latency must be of shape \(2,\)"):
        shortfall(T, L[:1], M)
    with pytest.raises(TypeError, match="throughput must not be a masked array"):
        shortfall(np.ma.masked_array(T, [True, False]), L, M, min_throughput=1.0)
    with pytest.raises(TypeError, match="max_latency must be a number"):
        shortfall(T, L, M, max_latency="1")


def test_a_miss_beyond_all_numbers_is_infinite() -> None:
    """And never a warning."""
    assert shortfall([1e-300], [1e300], [1.0], max_latency=1e-300).tolist() == [np.inf]
