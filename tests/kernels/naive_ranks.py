"""The slow twins of rank correlations, resampled counts and counts of descendants: plain Python."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

import scipy.stats

from tests.kernels.naive import NAN, random_integers, random_uniforms, stream_keys


def distinct_rows(columns: Sequence[Sequence[float]]) -> dict[str, list]:
    rows = [tuple(math.inf if math.isnan(x) else x for x in row) for row in zip(*columns, strict=True)]
    kinds = sorted(set(rows))
    found = [[NAN if x == math.inf else x for x in column] for column in zip(*kinds, strict=True)]
    return {"columns": found, "counts": [rows.count(kind) for kind in kinds]}


def rank_correlations(
    columns: Sequence[Sequence[float]], pairs: Sequence[tuple[int, int]], counts: Sequence[int]
) -> dict[str, list[float]]:
    every = [[x for x, n in zip(column, counts, strict=True) for _ in range(n)] for column in columns]
    known = [_known(every[i], every[j]) for i, j in pairs]
    return {
        "n": [len(rows) for rows in known],
        "spearman": [_spearman(rows) for rows in known],
        "kendall": [_kendall(rows) for rows in known],
    }


def resampled_rank_correlations(
    columns: Sequence[Sequence[float]],
    pairs: Sequence[tuple[int, int]],
    counts: Sequence[int],
    replicates: int,
    seed: int,
) -> dict[str, list[list[float]]]:
    drawn = [resampled_counts(counts, key) for key in stream_keys(seed, range(replicates))]
    found = [rank_correlations(columns, pairs, again) for again in drawn]
    return {
        name: [[each[name][p] for each in found] for p in range(len(pairs))]
        for name in ("spearman", "kendall")
    }


def _known(x: Sequence[float], y: Sequence[float]) -> list[tuple[float, float]]:
    return [(a, b) for a, b in zip(x, y, strict=True) if not math.isnan(a + b)]


def _spearman(rows: Sequence[tuple[float, float]]) -> float:
    x, y = ([_mean_rank(v, column) for v in column] for column in list(zip(*rows, strict=True)) or [(), ()])
    if len(set(x)) < 2 or len(set(y)) < 2:
        return NAN
    middle = (len(rows) + 1) / 2
    xy = math.fsum((a - middle) * (b - middle) for a, b in zip(x, y, strict=True))
    xx, yy = (math.fsum((a - middle) ** 2 for a in ranks) for ranks in (x, y))
    return max(-1.0, min(1.0, xy / math.sqrt(xx * yy)))


def _mean_rank(value: float, column: Sequence[float]) -> float:
    return sum(v < value for v in column) + (column.count(value) + 1) / 2


def _kendall(rows: Sequence[tuple[float, float]]) -> float:
    together = different_x = different_y = 0
    for (a, b), (c, d) in combinations(rows, 2):
        x, y = (a > c) - (a < c), (b > d) - (b < d)
        together += x * y
        different_x += x != 0
        different_y += y != 0
    return together / math.sqrt(different_x * different_y) if different_x and different_y else NAN


def resampled_counts(counts: Sequence[int], key: int) -> list[int]:
    """Kinds of 64 rows or more are binomial numbers of what is left, the other rows are drawn singly."""
    drawn = [0] * len(counts)
    left = rows = sum(counts)
    for kind, count in enumerate(counts):
        if count >= 64 and left:
            u = random_uniforms(key, 1, kind)[0]
            drawn[kind] = left if count == rows else _binomial(left, count / rows, u)
            left, rows = left - drawn[kind], rows - count
    rare = [kind for kind, count in enumerate(counts) if count < 64 for _ in range(count)]
    for row in random_integers(key, left, len(rare), len(counts)) if rare else ():
        drawn[rare[row]] += 1
    return drawn


def _binomial(n: int, p: float, u: float) -> int:
    """Outwards from the mode, first above it."""
    mode = min(math.floor((n + 1) * p), n)
    places = [mode] + [at for off in range(1, n + 1) for at in (mode + off, mode - off) if 0 <= at <= n]
    for at in places:
        u -= scipy.stats.binom.pmf(at, n, p)
        if u < 0:
            return at
    return mode


def descendant_counts(parent: Sequence[int], child: Sequence[int], n_nodes: int) -> list[int]:
    below: list[set[int]] = [set() for _ in range(n_nodes)]
    for p, c in zip(parent, child, strict=True):
        below[p].add(c)
    found = []
    for start in range(n_nodes):
        seen, left = {start}, [start]
        while left:
            new = below[left.pop()] - seen
            seen |= new
            left += new
        found.append(len(seen) - 1)
    return found
