"""Other ways to resample equal groups without gaps, for benchmarks and for tests.

Each takes (offsets, values, keys, process_offsets) and gives the mean and the standard error of the means of
1,000 resamples, float64[2, c, g]; or the interval as well. Groups are done 20 at a time, which suits both
rivals best: all at once leaves the caches, one at a time pays for each call.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from fitment.kernels import bootstrap
from scipy import stats

REPLICATES = 1000
ONES = np.ones(REPLICATES)
AT_ONCE = 20


def cube(offsets, values, keys, process_offsets):
    """[columns, groups, processes, rows], for the rivals."""
    groups = len(keys)
    processes = 1 if process_offsets is None else (len(process_offsets) - 1) // groups
    return (values.reshape(len(values), groups, processes, -1),)


def summary(replicates):
    """The mean and the standard error over the last axis, as cheaply as NumPy can: it is in all times."""
    mean = np.vecdot(replicates, ONES) / REPLICATES
    squares = np.vecdot(replicates, replicates)
    return np.stack([mean, np.sqrt((squares - REPLICATES * mean**2) / (REPLICATES - 1))])


def kernel_means(offsets, values, keys, process_offsets):
    found = bootstrap.bootstrap(offsets, values, keys, process_offsets=process_offsets, statistic="mean")
    return np.concatenate([summary(block) for block in blocks(found)], axis=-1)


def kernel_intervals(offsets, values, keys, process_offsets):
    found = bootstrap.bootstrap_intervals(
        offsets, values, keys, process_offsets=process_offsets, statistic="mean"
    )
    return np.stack([found.low, found.high, found.standard_error])


def blocks(values: np.ndarray) -> Iterator[np.ndarray]:
    return (values[:, first : first + AT_ONCE] for first in range(0, values.shape[1], AT_ONCE))


def scipy_found(values: np.ndarray) -> Iterator[stats._resampling.BootstrapResult]:
    """scipy.stats.bootstrap of the rows, vectorised over columns and groups, with its cheapest interval."""
    rng = np.random.default_rng(11)
    for block in blocks(values):
        yield stats.bootstrap(
            (block[:, :, 0],),
            np.mean,
            axis=-1,
            vectorized=True,
            n_resamples=REPLICATES,
            method="percentile",
            rng=rng,
        )


def scipy_means(prepared):
    return np.concatenate([summary(f.bootstrap_distribution) for f in scipy_found(*prepared)], axis=-1)


def scipy_intervals(prepared):
    parts = [np.stack([*found.confidence_interval, found.standard_error]) for found in scipy_found(*prepared)]
    return np.concatenate(parts, axis=-1)


def numpy_means(prepared):
    """NumPy by indices that all groups of a block share: processes, then rows inside each."""
    (values,) = prepared
    rng = np.random.default_rng(11)
    processes, rows = values.shape[2:]
    found = []
    for block in blocks(values):
        picks = rng.integers(0, processes, (REPLICATES, processes, 1), dtype=np.int32)
        draws = rng.integers(0, rows, (REPLICATES, processes, rows), dtype=np.int32)
        flat = (picks * np.int32(rows) + draws).reshape(REPLICATES, -1)
        found.append(summary(block.reshape(*block.shape[:2], -1)[..., flat].mean(axis=-1)))
    return np.concatenate(found, axis=-1)
