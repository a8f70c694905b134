"""Other ways to rank, cut and compare candidates of many groups: SciPy, NumPy and DuckDB."""

from __future__ import annotations

from itertools import pairwise

import duckdb
import numpy as np
import pyarrow as pa
from fitment.kernels import dominance
from scipy import stats


def even_groups(size: int, columns: int = 1):
    """Arguments: offsets of groups of ``size``, and as many columns without a gap."""

    def arguments(rng, n):
        offsets = np.arange(0, n + 1, size)
        return (offsets, *(rng.lognormal(size=offsets[-1]) for _ in range(columns)))

    return arguments


def as_rows(offsets, *columns):
    """Each column as a matrix with a row for each group."""
    return [column.reshape(offsets.size - 1, -1) for column in columns]


def scipy_ranks(prepared):
    """SciPy's competition ranks, all rows of a matrix in one call."""
    (score,) = prepared
    return stats.rankdata(-score, method="min", axis=1).ravel().astype(np.int64)


def group_table(offsets, *columns):
    groups = np.repeat(np.arange(offsets.size - 1), np.diff(offsets))
    named = {f"x{i}": column for i, column in enumerate(columns)}
    return pa.table({"position": np.arange(groups.size), "g": groups} | named)


def duckdb_ranks(table):
    """DuckDB's RANK over windows, one thread, over an Arrow table."""
    return _asked(
        table,
        "SELECT rank() OVER (PARTITION BY g ORDER BY x0 DESC) AS found FROM candidates ORDER BY position",
    )


def numpy_top_3(prepared):
    """NumPy's lexsort over all groups together, and of each its first three."""
    offsets, groups, score = prepared
    order = np.lexsort((-score, groups))
    return order[np.arange(score.size) - offsets[groups] < 3]


def with_groups(offsets, score):
    return offsets, np.repeat(np.arange(offsets.size - 1), np.diff(offsets)), score


def numpy_partitioned_top_3(prepared):
    """NumPy's argpartition of a matrix, and a sort of what it finds: only where groups are of one size."""
    (score,) = prepared
    best = np.argpartition(-score, 3, axis=1)[:, :3]
    order = np.argsort(-np.take_along_axis(score, best, axis=1), axis=1)
    starts = np.arange(0, score.size, score.shape[1])
    return (np.take_along_axis(best, order, axis=1) + starts[:, None]).ravel()


def duckdb_top_3(table):
    return _asked(
        table,
        """SELECT position AS found FROM candidates
        QUALIFY row_number() OVER (PARTITION BY g ORDER BY x0 DESC) <= 3 ORDER BY g, x0 DESC""",
    )


def numpy_fronts(prepared):
    """dominance.py, called for each group: all pairs."""
    offsets, *columns = prepared
    fronts = [dominance.front(*(x[a:b] for x in columns)) for a, b in pairwise(offsets)]
    return np.concatenate(fronts)


def numpy_fronts_at_once(prepared):
    """All pairs of all groups at once, a thousand groups at a time so that they stay in cache."""
    t, latency, m = prepared
    found = []
    for start in range(0, t.shape[0], 1000):
        costs = dominance.costs(*(x[start : start + 1000] for x in (t, latency, m)))
        beaten = dominance.dominates(*(x[:, None, :] for x in costs), *(x[:, :, None] for x in costs))
        found.append(~beaten.any(axis=2) & dominance.has_any(*costs))
    return np.concatenate(found).ravel()


def numpy_best(prepared):
    """NumPy's lexsort, and the first of each pair of group and hardware."""
    ids, _, score, n = prepared
    order = np.lexsort((-n, -score, ids))
    return order[np.concatenate([[True], np.diff(ids[order]) != 0])]


def duckdb_best(table):
    return _asked(
        table,
        "SELECT arg_max(position, (score, n, -position)) AS found FROM candidates GROUP BY id ORDER BY id",
    )


def best_table(ids, _, score, n):
    return pa.table({"position": np.arange(score.size), "id": ids, "score": score, "n": n})


def many_pairs(rng, n):
    """Candidates of 20,000 pairs of group and hardware in random order, no score missing."""
    n_groups = min(20_000, max(1, n // 10))
    ids = np.concatenate([np.arange(n_groups), rng.integers(0, n_groups, n - n_groups)])
    return rng.permutation(ids).astype(np.int32), n_groups, rng.random(n), rng.integers(1, 8, n)


def _asked(table, query):
    with duckdb.connect(config={"threads": 1}) as con:
        con.register("candidates", table)
        return con.execute(query).fetchnumpy()["found"]
