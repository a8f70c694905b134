"""fitment.kernels.workspace: memory kept between calls changes no number, and serves one call at a time."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.group_statistics import group_statistics
from fitment.kernels.workspace import Workspace

from tests.kernels.agreement import bits_of


def test_kept_memory_changes_no_bit() -> None:
    """Calls of other sizes and types before leave nothing behind."""
    rng, work = np.random.default_rng(5), Workspace()
    for rows, kind in ((500, np.float64), (20_000, np.float32), (700, np.float32), (3_000, np.float64)):
        ids, values = rng.integers(0, 40, rows), rng.lognormal(size=(4, rows)).astype(kind)
        kept, fresh = (group_statistics(ids, values, 40, work=space) for space in (work, None))
        assert bits_of(kept) == bits_of(fresh)


def test_results_do_not_lie_in_it() -> None:
    """What a call returned stays as it is when the next one begins."""
    work = Workspace()
    first = group_statistics([0, 0, 1], [1.0, 3.0, 5.0], 2, work=work)
    group_statistics([0, 0, 1], [10.0, 30.0, 50.0], 2, work=work)
    assert first.median.tolist() == [[2.0, 5.0]]


def test_two_calls_at_once_are_refused() -> None:
    """They would overwrite each other; after an error it is free again."""
    work = Workspace()
    with work.room(8), pytest.raises(ValueError, match="in use by another call"):
        group_statistics([0], [1.0], 1, work=work)
    with pytest.raises(ValueError, match="ids must lie between"):
        group_statistics([7], [1.0], 1, work=work)
    assert group_statistics([0], [1.0], 1, work=work).count.tolist() == [[1]]
