"""The intervals of located figures, column by column: from the processes, else from inside the only one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ...kernels.intervals import half_widths
from ...kernels.resample_medians import DISTANCES
from ..answers import PROCESSES, SAMPLES

RESAMPLED = 20  # processes from which a location's error is that of resampling them
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
STATISTICS = ("p95", "p50", "mean")


def with_intervals(located: pa.Table) -> pa.Table:
    """What is ``located``, with the ``statistic`` of its latency, how many processes have that (n_latency),
    columns QUANTITY_low and _high of throughput and latency, ``interval_basis``; and how the processes vary:
    QUANTITY_squares and _around of throughput, latency, memory and energy, the latter as ln of what the
    quantiles are over the median (from 20 processes on, where all have it), and ``latency_correlation`` and
    ``energy_correlation``, of ln value with ln throughput (likewise; NULL where one of both never varies).

    The latency is the first of p95, p50 and mean that the most processes have. Two processes or more give
    the interval of their median (``kernels.intervals``), basis "processes". Of one process the interval that
    was found inside it is passed on, basis "samples": it knows nothing of the next process.
    """
    columns = {name: _real(located, name) for name in _NEEDED}
    counts = np.array([columns[f"n_{name}"] for name in STATISTICS])
    first = counts.argmax(axis=0)
    columns["latency"] = np.choose(first, [columns[name] for name in STATISTICS])
    columns["n_latency"] = counts.max(axis=0, initial=0.0)
    for part in ("squares", "joint"):
        columns[f"latency_{part}"] = np.choose(first, [columns[f"{name}_{part}"] for name in STATISTICS])
    correlations = {name: _correlation(columns, name) for name in ("latency", "energy")}
    for name in _VARYING:  # to seven digits: SQL and kernels add up in different orders
        columns[f"{name}_squares"] = columns[f"{name}_squares"].astype(np.float32).astype(np.float64)
    for end in ("low", "high"):
        columns[f"latency_inside_{end}"] = np.where(first == 1, columns[f"p50_inside_{end}"], np.nan)
    columns["n_throughput"] = columns["n"]
    limits = {name: _limits(columns, name) for name in ("throughput", "latency")}
    known = np.any([~np.isnan(side) for sides in limits.values() for side in sides], axis=0)
    basis = np.where(known, np.where(columns["n"] > 1, 0, 1), -1)
    found = {
        "statistic": _named(first, STATISTICS),
        "n_latency": pa.array(columns["n_latency"].astype(np.int64)),
        "interval_basis": _named(basis, (PROCESSES, SAMPLES)),
    }
    for name, (low, high) in limits.items():
        found |= {
            f"{name}_low": pa.array(low, from_pandas=True),
            f"{name}_high": pa.array(high, from_pandas=True),
        }
    quantiles = ("throughput", *STATISTICS, "memory", "energy")
    around = {name: _lists(located, f"{name}_around") for name in quantiles}
    around["latency"] = np.choose(first[:, None], [around[name] for name in STATISTICS])
    for name in _VARYING:
        found[f"{name}_squares"] = pa.array(columns[f"{name}_squares"], from_pandas=True)
        found[f"{name}_around"] = _around(columns, name, around[name])
    for name, of_one in correlations.items():
        found[f"{name}_correlation"] = pa.array(of_one, from_pandas=True)
    parts = ("_squares", "_joint", "_around")
    kept = located.drop_columns([name for name in located.column_names if name.endswith(parts)])
    for name, column in found.items():
        kept = kept.append_column(name, column)
    return kept


_VARYING = ("throughput", "latency", "memory", "energy")
_NEEDED = (
    *("n", "throughput", "throughput_inside_low", "throughput_inside_high", "memory", "energy"),
    *("p50_inside_low", "p50_inside_high"),
    *(part.format(name) for part in ("{}", "n_{}", "{}_squares", "{}_joint") for name in STATISTICS),
    *("throughput_squares", "memory_squares", "energy_squares", "energy_joint"),
)


def _correlation(columns: dict[str, Floats], name: str) -> Floats:
    """Of ln ``name`` and ln throughput, to six digits; NaN where not all processes have both, or one is even.

    From sums of squares: those of a sum of two are those of both and twice their products.
    """
    own, other = columns["throughput_squares"], columns[f"{name}_squares"]
    products = 0.5 * (columns[f"{name}_joint"] - own - other)
    known = own * other > 0.0
    if name == "latency":
        known &= columns["n_latency"] == columns["n"]
    ratio = products[known] / np.sqrt(own[known] * other[known])
    found = np.full(len(own), np.nan)
    found[known] = np.clip(np.round(ratio, 6), -1.0, 1.0)
    return found


def _around(columns: dict[str, Floats], name: str, quantiles: Floats) -> pa.Array:
    """ln of what the ``quantiles``, float64[n, 4], are over the median: lists of four, null = not known."""
    have = columns.get(f"n_{name}", columns["n"])
    known = (columns["n"] >= RESAMPLED) & (have == columns["n"]) & ~np.isnan(columns[f"{name}_squares"])
    logs: NDArray[np.float32] = np.zeros(quantiles.shape, np.float32)
    logs[known] = np.log(quantiles[known] / columns[name][known, None])
    flat = pa.array(logs.reshape(-1))
    return pa.FixedSizeListArray.from_arrays(flat, len(DISTANCES), mask=pa.array(~known))


def _lists(table: pa.Table, name: str) -> Floats:
    """float64[n, 4], NULL as NaN."""
    column = table.column(name).combine_chunks()
    return np.asarray(column.flatten().to_numpy(zero_copy_only=False), np.float64).reshape(-1, len(DISTANCES))


def _limits(columns: dict[str, Floats], name: str) -> tuple[Floats, Floats]:
    n, centre = columns["n"], columns[name]
    half = np.full(len(n), np.nan)
    several = (n > 1) & (columns[f"n_{name}"] > 1)
    half[several] = half_widths(
        columns[f"n_{name}"][several].astype(np.int64), columns[f"{name}_squares"][several]
    )
    with np.errstate(over="ignore"):  # an end beyond all numbers is infinite, and shown as not known
        low, high = centre * np.exp(-half), centre * np.exp(half)
    return (
        np.where(n == 1, columns[f"{name}_inside_low"], low),
        np.where(n == 1, columns[f"{name}_inside_high"], high),
    )


def _real(table: pa.Table, name: str) -> Floats:
    """float64[n], NULL as NaN."""
    return np.asarray(table.column(name).to_numpy(), np.float64)


def _named(places: NDArray[np.integer], names: tuple[str, ...]) -> pa.Array:
    """The name at each place; null where that is negative."""
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=places < 0), list(names)).cast(pa.string())
