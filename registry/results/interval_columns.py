"""The intervals of estimates, column by column: from the processes, else from inside the one process."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ...kernels.intervals import half_widths

PROCESSES = "processes"
SAMPLES = "samples"
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
# What an interval is made of: location, processes that have it, squared deviations of its logarithm.
_MADE_OF = {"throughput": ("throughput", "n"), "latency": ("latency", "n_latency")}
_HELPERS = ("latency", "n_latency")


def with_intervals(table: pa.Table) -> pa.Table:
    """The table with columns QUANTITY_low and _high of throughput and latency, and ``interval_basis``.

    Two processes or more give the interval of their median (``kernels.intervals``), basis "processes". Of
    one process the interval that was found inside it is passed on, basis "samples": it knows nothing of
    the next process. The columns that only serve for this (QUANTITY_squares, _inside_low, _inside_high,
    latency, n_latency) are left out.
    """
    n = _whole(table["n"])
    made = {f"{name}_{end}": column for name in _MADE_OF for end, column in _limits(table, name, n).items()}
    inside = np.any([~np.isnan(column) for column in made.values()], axis=0)
    basis = [PROCESSES if m > 1 else SAMPLES if known else None for m, known in zip(n, inside, strict=True)]
    helpers = [f"{name}_{part}" for name in _MADE_OF for part in ("squares", "inside_low", "inside_high")]
    table = table.drop_columns([*helpers, *_HELPERS])
    for name, column in made.items():
        table = table.append_column(name, pa.array(column, pa.float64(), from_pandas=True))
    return table.append_column("interval_basis", pa.array(basis, pa.string()))


def _limits(table: pa.Table, name: str, n: Whole) -> dict[str, Floats]:
    location, counted = _MADE_OF[name]
    centre, count = _real(table[location]), _whole(table[counted])
    half = np.full(len(n), np.nan)
    several = (n > 1) & (count > 1)
    half[several] = half_widths(count[several], _real(table[f"{name}_squares"])[several])
    inside = {end: _real(table[f"{name}_inside_{end}"]) for end in ("low", "high")}
    with np.errstate(over="ignore"):  # an end beyond all numbers is infinite, and shown as not known
        own = {"low": centre * np.exp(-half), "high": centre * np.exp(half)}
    return {end: np.where(n == 1, inside[end], own[end]) for end in ("low", "high")}


def _real(column: pa.ChunkedArray) -> Floats:
    """float64[n], NULL as NaN."""
    return np.asarray(column.to_numpy(), np.float64)


def _whole(column: pa.ChunkedArray) -> Whole:
    return np.asarray(column.to_numpy(), np.int64)
