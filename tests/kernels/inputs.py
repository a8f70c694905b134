"""Random arguments for the kernels of the table: ``(rng, n)`` gives n rows or candidates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Arguments = tuple[Any, ...]


def column(rng: np.random.Generator, n: int, missing: float = 0.1) -> np.ndarray:
    values = rng.lognormal(size=n)
    values[rng.random(n) < missing] = np.nan
    return values


def fractions(rng: np.random.Generator, n: int) -> np.ndarray:
    return rng.integers(0, 8, n) / 8.0


def whole(rng: np.random.Generator, low: int, high: int) -> int:
    """One number, limits included."""
    return int(rng.integers(low, high + 1))


def process_medians(rng: np.random.Generator, n: int) -> np.ndarray:
    """Latencies of n processes of one cell, which differ by some percent."""
    return 0.01 * rng.lognormal(sigma=0.05, size=n)


def matrix(rng: np.random.Generator, n: int, largest: int = 40, missing: float = 0.001) -> Arguments:
    """Offsets of groups of 1 to ``largest`` candidates, then throughput, latency, memory and n."""
    inside = np.sort(rng.choice(np.arange(1, n), size=min(n - 1, 2 * n // largest), replace=False))
    offsets = np.concatenate([[0], inside, [n]]) if n > 1 else np.array([0] * 3 + [n])
    return (offsets, *(column(rng, n, missing) for _ in range(3)), rng.integers(0, 8, n))


def mixed_matrix(rng: np.random.Generator, n: int) -> Arguments:
    """As ``matrix``, with some memory modes of each kind and more missing values."""
    offsets, *columns = matrix(rng, n, largest=10, missing=0.02) if n else (np.array([0]), *[np.empty(0)] * 4)
    columns[3] = columns[3].astype(np.int64)
    modes = rng.integers(0, 3, offsets.size - 1)
    return (offsets, *columns, np.array([0.5, 0.3, 0.2]), modes, column(rng, n, 0.0) * 4)


def policy_matrix(rng: np.random.Generator, n: int) -> Arguments:
    """As ``mixed_matrix``, with a policy for each criterion, failures, and the hardware of candidates."""
    policy = rng.choice(["renormalise", "pessimistic", "require"], 3).tolist()
    status = (rng.random(n) < 0.1).astype(np.int8)
    return (*mixed_matrix(rng, n), policy, status, rng.integers(0, 4, n).astype(np.int32))


def scores_in_groups(rng: np.random.Generator, n: int) -> Arguments:
    """Offsets of groups of up to 40, and scores of which some are equal, missing or infinite."""
    score = np.where(rng.random(n) < 0.5, fractions(rng, n), rng.random(n))
    score[rng.random(n) < 0.1] = np.nan
    score[rng.random(n) < 0.02] = rng.choice([np.inf, -np.inf])
    return borders(rng, n, 40), score


def scores_to_cut(rng: np.random.Generator, n: int) -> Arguments:
    """As ``scores_in_groups``, how many to choose, and the candidates' places among equals."""
    return *scores_in_groups(rng, n), whole(rng, 1, 6), rng.integers(0, 4, n)


def trade_offs(rng: np.random.Generator, n: int) -> Arguments:
    """Groups of up to 100 of which some are equal, close or missing; the criteria that count, 1 or 5 %."""
    offsets = borders(rng, n, 100)
    columns = [
        np.where(rng.random(n) < 0.3, 1.0 + fractions(rng, n), rng.uniform(1.0, 1.3, n)) for _ in "tlm"
    ]
    for values in columns:
        values[rng.random(n) < 0.1] = rng.choice([np.nan, 0.0, -1.0, np.inf])
    return offsets, *columns, rng.random((offsets.size - 1, 3)) < 0.8, float(rng.choice([0.01, 0.05]))


def scored_hardware(rng: np.random.Generator, n: int) -> Arguments:
    """Pairs of group and hardware, scores, processes, places among equals, and how far limits are missed."""
    score = np.where(rng.random(n) < 0.1, np.nan, fractions(rng, n))
    missed = np.where(rng.random(n) < 0.1, np.inf, rng.uniform(0.5, 2.0, n).round(1))
    ids = rng.integers(0, 6, n).astype(np.int32)
    return ids, 7, score, rng.integers(0, 3, n), rng.integers(0, 3, n), missed


def keys(rng: np.random.Generator, n: int) -> Arguments:
    """Three key columns of few levels each."""
    return ([rng.integers(0, levels, n).astype(np.int32) for levels in (3, 2, 4)],)


def grouped_columns(rng: np.random.Generator, n: int) -> Arguments:
    """Ids in random order, two columns with missing and infinite values, the number of groups, statuses."""
    values = np.stack([column(rng, n), column(rng, n)])
    values[rng.random(values.shape) < 0.05] = np.inf
    return rng.integers(0, 5, n).astype(np.int32), values, 6, (rng.random(n) < 0.1).astype(np.int8)


def scattered_pairs(rng: np.random.Generator, n: int, pairs: int = 20_000) -> Arguments:
    """Ids of up to ``pairs`` pairs in random order, three float32 metrics without a gap, how many pairs."""
    groups = min(pairs, max(n // 20, 1))
    values = tuple(rng.lognormal(sigma=0.05, size=n).astype(np.float32) for _ in range(3))
    return rng.integers(0, groups, n).astype(np.int32), values, groups


def swept_pairs(rows_a_pair: int) -> Callable[[np.random.Generator, int], Arguments]:
    """As ``scattered_pairs``, pair after pair as a sweep writes them, ``rows_a_pair`` of each."""

    def arguments(rng: np.random.Generator, n: int) -> Arguments:
        _, values, _ = scattered_pairs(rng, n)
        ids = np.arange(n, dtype=np.int32) // np.int32(rows_a_pair)
        return ids, values, -(-n // rows_a_pair)

    return arguments


def many_pairs(rng: np.random.Generator, n: int) -> Arguments:
    """As ``scattered_pairs``, half a million pairs of 20 rows each."""
    return scattered_pairs(rng, n, 500_000)


def borders(rng: np.random.Generator, n: int, largest: int) -> np.ndarray:
    """Offsets of groups of 0 to ``largest`` rows: int64[groups + 1] from 0 to n."""
    sizes = rng.integers(0, largest + 1, 2 + 4 * n // largest)
    inside = np.minimum(np.cumsum(sizes), n)
    return np.concatenate([[0], inside[inside < n], [n]])


def log_ratio_pairs(rng: np.random.Generator, n: int) -> Arguments:
    """Log ratios of benchmarks of up to 24 pairs, some equal, missing, or on the threshold; δ of each."""
    offsets = borders(rng, n, 24)
    delta = rng.choice([0.0, 0.02, 0.05], offsets.size - 1)
    d = np.where(rng.random(n) < 0.3, rng.integers(-3, 8, n) / 64.0, rng.normal(0.02, 0.05, n))
    tied = rng.random(n) < 0.1
    d[tied] = np.log1p(np.repeat(delta, np.diff(offsets)))[tied]
    d[rng.random(n) < 0.1] = np.nan
    d[rng.random(n) < 0.02] = np.inf
    return offsets, d, delta.tolist(), 0.99


def pair_counts(rng: np.random.Generator, n: int) -> Arguments:
    """Of up to 24 pairs, how many lie above and below a threshold, some on it; and the confidence."""
    above, below, on = rng.integers(0, 13, n), rng.integers(0, 11, n), rng.integers(0, 2, n)
    return above + below + on, above, below, 0.99


def p_values(rng: np.random.Generator, n: int) -> Arguments:
    """Some of them equal, 0, 1 or missing."""
    p = np.where(rng.random(n) < 0.5, rng.random(n) ** 3, rng.integers(0, 9, n) / 8.0)
    p[rng.random(n) < 0.1] = np.nan
    return (p,)


def past_estimates(rng: np.random.Generator, n: int) -> Arguments:
    """The median log ratios of n runs in which nothing had changed, some missing; and δ₀."""
    estimates = 0.02 * rng.standard_t(4, size=n) * rng.choice([0.2, 1.0, 3.0])
    estimates[rng.random(n) < 0.1] = np.nan
    return estimates, 0.05


def histories(rng: np.random.Generator, n: int) -> Arguments:
    """Series of up to 40 points with steps, ties and missing values; a test that is soon done; seeds."""
    offsets = borders(rng, n, 40)
    values = rng.normal(size=n) + 4.0 * np.cumsum(rng.random(n) < 0.05)
    values = np.where(rng.random(n) < 0.5, np.round(values), values)
    values[rng.random(n) < 0.1] = np.nan
    values[rng.random(n) < 0.02] = np.inf
    seeds = rng.integers(0, 2**64, offsets.size - 1, dtype=np.uint64)
    return offsets, values, 0.1, 19, int(rng.integers(2, 5)), seeds.tolist()


def stepping_series(rng: np.random.Generator, n: int) -> Arguments:
    """Series of 100 points of which every other one has a step of 3 standard deviations."""
    values = rng.normal(size=(n // 100, 100))
    values[::2, 60:] += 3.0
    return np.arange(0, n + 1, 100), values.ravel()


def even_pairs(rng: np.random.Generator, n: int) -> Arguments:
    """Benchmarks of 8, 12, … 24 pairs with spreads of 2 %, and a δ of 5 %."""
    offsets = np.cumsum([0, *rng.choice([8, 12, 16, 20, 24], n // 16)])
    return offsets, rng.normal(0.04, 0.02, offsets[-1]), 0.05


def cells(rng: np.random.Generator, n: int) -> Arguments:
    """Degrees of freedom and variances of ln value of n cells; some without, some 0, some not known."""
    degrees = rng.integers(0, 6, n)
    variances = 0.03**2 * rng.chisquare(3, n) / 3 * rng.choice([0.0, 1.0, np.nan], n, p=[0.05, 0.9, 0.05])
    return degrees, variances


def machines(rng: np.random.Generator, n: int) -> Arguments:
    """Which of a few cells each of n machines measured, what came out, and its variance."""
    return rng.integers(0, 1 + n // 8, n), column(rng, n, 0.05), 0.01 * rng.random(n)


def two_sides(rng: np.random.Generator, n: int) -> Arguments:
    """Locations, variances and degrees of n candidates and of their rivals."""
    sides = [
        (rng.normal(size=n), rng.random(n) * rng.integers(0, 2, n), 1.0 + 9 * rng.random(n)) for _ in "ab"
    ]
    return (*sides[0], *sides[1])


def located(rng: np.random.Generator, n: int) -> Arguments:
    """Keys, locations of four criteria, their errors, degrees and correlations, how many draws, processes and
    the quantiles around their medians, some of them not known.
    """
    y, shape = rng.normal(size=(4, n)), (4, n)
    y[rng.random(shape) < 0.1] = np.nan
    keys = rng.integers(0, 2**63, n).astype(np.uint64)
    errors, degrees = rng.random(shape) * rng.integers(0, 2, shape), 1.0 + 9 * rng.random(shape)
    correlation = rng.choice([-1.0, -0.5, 0.0, 0.3], shape)
    around = np.sort(rng.normal(size=(4, 4, n)), axis=1)
    around[:, :, rng.random(n) < 0.5] = np.nan
    return keys, y, errors, degrees, correlation, 9, rng.integers(1, 90, n), around


def resampled_medians(rng: np.random.Generator, n: int) -> Arguments:
    """Deviates of n candidates, their processes, and the quantiles around their medians."""
    return 2.0 * rng.normal(size=(n, 9)), rng.integers(1, 90, n), np.sort(rng.normal(size=(4, n)), axis=0)


def drawn_candidates(rng: np.random.Generator, n: int) -> Arguments:
    """Offsets of hardware, draws of their n candidates, weights, factors and capacities."""
    offsets = np.unique([0, *rng.integers(0, n + 1, n // 2), n])
    draws = rng.normal(size=(3, n, 11)).round(1)  # rounded, so that some are equal
    draws[:, rng.random(n) < 0.1] = np.nan
    return offsets, draws, rng.random(3), rng.choice([0.6, 1.0], n), 1.0 + 4 * rng.random(n)


def resampled(rng: np.random.Generator, n: int) -> Arguments:
    """Groups of processes of n rows, four columns of which a few values are missing, and how to resample."""
    inner = np.sort(rng.integers(0, n + 1, n // 5 + 1))
    process_offsets = np.concatenate([[0], inner, [n]])
    processes = process_offsets.size - 1
    offsets = np.concatenate([[0], np.sort(rng.integers(0, processes + 1, processes // 3)), [processes]])
    values = np.stack([column(rng, n, 0.03) for _ in range(4)])
    keys = rng.integers(0, 2**63, offsets.size - 1).astype(np.uint64)
    return offsets, values, keys, process_offsets, str(rng.choice(["mean", "median"])), 7, 3


def even_groups_of_rows(rows_a_group: int, processes: int = 1) -> Callable[..., Arguments]:
    """Groups of equal processes: offsets of rows, or of processes and rows; three columns without gaps."""

    def arguments(rng: np.random.Generator, n: int) -> Arguments:
        groups = max(20, n // (rows_a_group * processes))
        ends = np.arange(groups * processes + 1) * rows_a_group
        values = rng.lognormal(size=(3, ends[-1]))
        if processes == 1:
            return ends, values, np.arange(groups), None
        return np.arange(groups + 1) * processes, values, np.arange(groups), ends

    return arguments


def order_weights(rng: np.random.Generator, n: int) -> Arguments:
    """What standing before each other is worth to n things, six at most, with some ties."""
    n = min(n, 6)
    return (rng.integers(-1, 4, (n, n)),)


def clusters(rng: np.random.Generator, n: int) -> Arguments:
    """Sums and sizes of n clusters, some of them empty, and how to resample them."""
    counts = rng.integers(0, 5, n)
    return counts * rng.random(n), counts, 50, 3
