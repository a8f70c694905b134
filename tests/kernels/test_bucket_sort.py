"""The second level of the counting sort: each group's values together, small groups in lanes."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.bucket_sort import room_for, sort_bucket
from fitment.kernels.group_lanes import LANES, MOST_ROWS
from numpy.testing import assert_array_equal


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("most", [0, 1, 5, MOST_ROWS, MOST_ROWS + 1])
def test_every_group_has_its_values_in_order(most: int, known: bool) -> None:
    """Groups of up to ``most`` rows, in lanes or in a row, and some without a row."""
    rng = np.random.default_rng(most)
    ids = rng.permutation(np.repeat(np.arange(40), rng.integers(0, most + 1, 40)))
    rows = np.column_stack([ids, rng.random((ids.size, 3))]).astype(np.float32)
    sizes = np.bincount(ids, minlength=40)
    room = room_for(ids.size, 48)
    values = np.full(3 * room, -1, np.float32)
    counts, places, steps = np.empty((3, 48), np.int64)
    sort_bucket(rows, sizes[: 40 * known], counts, places, steps, room, values)
    assert_array_equal(counts[:40], sizes)
    for g in range(40):
        step = steps[g]
        for j in range(3):
            first = j * room + places[g] - sizes[g] * step
            assert_array_equal(values[first : first + sizes[g] * step : step], rows[ids == g, 1 + j])
            if step == LANES:
                longest = counts[g - g % LANES :][:LANES].max()
                assert np.isnan(values[first : first + longest * step : step][sizes[g] :]).all()


def test_lanes_stay_within_their_room() -> None:
    """Where the groups of a batch differ too much in size, they lie in a row."""
    ids = np.append(np.arange(0, 4096, 16), np.repeat(4096, 50))
    rows = np.column_stack([ids, ids, ids, ids]).astype(np.float32)
    room = room_for(ids.size, 4112)
    values = np.full(3 * room + 1, -1, np.float32)
    counts, places, steps = np.empty((3, 4112), np.int64)
    sort_bucket(rows, counts[:0], counts, places, steps, room, values)
    assert set(steps.tolist()) == {1, LANES}
    assert values[-1] == -1
    assert_array_equal(values[(places - counts * steps)[ids]], ids)
