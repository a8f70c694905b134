"""A mean over members of clusters, with an interval that resamples whole clusters.

Members of one cluster, such as the edges of one family of models, are not independent: a cluster that is
drawn comes with all its members, and the mean is the ratio of two sums over the drawn clusters. Clusters
that are the same, as most small ones are, are drawn together (``multinomial.py``).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .columns import inner_share, real_column, whole_column, whole_number
from .counter_random import stream_keys
from .intervals import CONFIDENCE, Interval
from .multinomial import kinds

REPLICATES = 1000


def cluster_mean_interval(
    sums: ArrayLike,
    counts: ArrayLike,
    *,
    replicates: int = REPLICATES,
    seed: int = 0,
    confidence: float = CONFIDENCE,
) -> Interval:
    """The mean of all members, Σ sums / Σ counts, with its percentile interval.

    ``sums``: float64[c], the members of each cluster added up; ``counts``: int[c], how many they are. A
    replicate draws as many clusters as have members, with replacement. Quantiles between two replicates are
    interpolated linearly. All NaN where there are no members; the limits are NaN where fewer than two
    clusters have any: one says nothing of how others differ.

    Raises TypeError and ValueError for columns of unequal length, sums that are not finite, negative counts,
    and numbers of replicates or a confidence that can't be meant.

    Source: Davison and Hinkley, Bootstrap Methods and their Application, 1997, §3.8.
    """
    members = whole_column("counts", counts)
    added = real_column("sums", sums, members.size)
    if not np.isfinite(added).all():
        raise ValueError("sums must be finite")
    replicates = whole_number("replicates", replicates, 1)
    tail = 0.5 - inner_share("confidence", confidence) / 2.0
    known = members > 0
    members, added = members[known], added[known]
    if not members.size:
        return Interval(np.nan, np.nan, np.nan)
    mean = float(added.sum() / members.sum())
    if members.size < 2:
        return Interval(np.nan, mean, np.nan)
    alike, times = np.unique(np.stack([added, members]), axis=1, return_counts=True)
    rows, means, drawn = kinds(times), np.empty(replicates), np.empty(times.size, np.int64)
    for at, key in enumerate(stream_keys(seed, np.arange(replicates))):
        rows.resampled(key, drawn)
        total, number = alike @ drawn
        means[at] = total / number
    low, high = np.quantile(means, [tail, 1.0 - tail])
    return Interval(float(low), mean, float(high))
