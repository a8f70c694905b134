"""Records and buckets; their moments are tested in test_moments.py."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels import partition
from fitment.kernels import scattered_moments as scattered
from fitment.kernels.partial_moments import PartialMoments, mean_of, variance_of
from numpy.testing import assert_allclose, assert_array_equal


def both_ways(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> tuple[PartialMoments, PartialMoments]:
    """By chunks, and by buckets of the same rows."""
    chunks = scattered.scattered_moments(*arguments)
    monkeypatch.setattr(scattered, "FEW", 0)
    monkeypatch.setattr(partition, "BUCKET_ROWS", 256)
    return chunks, scattered.scattered_moments(*arguments)


@pytest.mark.parametrize("left_out", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("columns", [1, 3, 5])
def test_buckets_equal_chunks(monkeypatch: pytest.MonkeyPatch, columns: int, left_out: float) -> None:
    """The same moments, whether rows are moved into buckets first or not."""
    rng = np.random.default_rng(columns)
    ids, values = rng.integers(0, 30, 4000).astype(np.int32), tuple(rng.random((columns, 4000)))
    status = (rng.random(4000) < left_out).astype(np.int8)
    chunks, buckets = both_ways(monkeypatch, ids, values, 31, status)
    assert_array_equal(buckets.count, chunks.count)
    assert_allclose(mean_of(buckets), mean_of(chunks), rtol=1e-14)
    assert_allclose(variance_of(buckets), variance_of(chunks), rtol=1e-12)


def test_ids_out_of_range_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where rows are moved into buckets."""
    monkeypatch.setattr(scattered, "FEW", 0)
    with pytest.raises(ValueError, match="ids must lie between 0 and n_groups - 1, 4"):
        scattered.scattered_moments(np.array([5], np.int32), (np.ones(1),), 5, np.empty(0, np.int8))


def test_a_record_of_three_singles_fills_a_line() -> None:
    """64 bytes, from a border of the cache's lines on."""
    records = scattered._Records([np.empty(0, np.float32)] * 3, 5)
    assert records.sums.strides[0] == scattered.LINE
    assert records.sums.ctypes.data % scattered.LINE == 0
