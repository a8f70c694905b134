"""The intervals of located figures, column by column: from the processes, else from inside the only one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ...kernels.intervals import half_widths

PROCESSES = "processes"
SAMPLES = "samples"
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
STATISTICS = ("p95", "p50", "mean")


def with_intervals(located: pa.Table) -> pa.Table:
    """What is ``located``, with the ``statistic`` of its latency, how many processes have that (n_latency),
    latency_squares, and columns QUANTITY_low and _high of throughput and latency, ``interval_basis``.

    The latency is the first of p95, p50 and mean that the most processes have. Two processes or more give
    the interval of their median (``kernels.intervals``), basis "processes". Of one process the interval that
    was found inside it is passed on, basis "samples": it knows nothing of the next process.
    """
    columns = {name: _real(located, name) for name in _NEEDED}
    for name in _SQUARES:  # to seven digits: SQL and kernels add up in different orders
        columns[name] = columns[name].astype(np.float32).astype(np.float64)
    counts = np.array([columns[f"n_{name}"] for name in STATISTICS])
    first = counts.argmax(axis=0)
    columns["latency"] = np.choose(first, [columns[name] for name in STATISTICS])
    columns["n_latency"] = counts.max(axis=0, initial=0.0)
    columns["latency_squares"] = np.choose(first, [columns[f"{name}_squares"] for name in STATISTICS])
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
    for name in ("throughput_squares", "latency_squares", "memory_squares"):
        found[name] = pa.array(columns[name], from_pandas=True)
    kept = located.drop_columns(["throughput_squares", "memory_squares"])
    for name, column in found.items():
        kept = kept.append_column(name, column)
    return kept


_SQUARES = ("throughput_squares", *(f"{name}_squares" for name in STATISTICS), "memory_squares")
_NEEDED = (
    *("n", "throughput", "throughput_inside_low", "throughput_inside_high"),
    *("p50_inside_low", "p50_inside_high"),
    *(part.format(name) for part in ("{}", "n_{}") for name in STATISTICS),
    *_SQUARES,
)


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
