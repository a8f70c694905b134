"""A/A on recorded series: what real processes of one cell gave, on a busy machine and with one thread.

data/aa_series.csv says how it was recorded. A trial takes 2n processes of a cell and gives them to two
measurements: drawn at random, or those that ran one after the other, in turn, as a sweep would that had
measured the cell twice.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from fitment.kernels.intervals import location_interval, log_ratio_interval

SERIES = Path(__file__).parent / "data" / "aa_series.csv"
Taken = Callable[[np.random.Generator, list[float], int], list[float]]
FIGURES = ("latency_p50_s", "throughput")
TRIALS = 300
ENOUGH = 276


def recorded(figure: str) -> dict[str, list[float]]:
    """A figure of each cell's processes, in the order in which they ran."""
    series: dict[str, list[float]] = defaultdict(list)
    with SERIES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            series[row["cell"]].append(float(row[figure]))
    return series


@pytest.mark.parametrize("figure", FIGURES)
def test_the_recorded_series_are_long_enough(figure: str) -> None:
    """At least three cells of at least 40 fresh processes each, every one with a figure."""
    lengths = [len(values) for values in recorded(figure).values()]
    assert len(lengths) >= 3
    assert min(lengths) >= 40


def drawn(rng: np.random.Generator, values: list[float], n: int) -> list[float]:
    """2n processes at random."""
    return rng.choice(values, size=2 * n, replace=False).tolist()


def successive(rng: np.random.Generator, values: list[float], n: int) -> list[float]:
    """2n processes that ran one after the other."""
    start = rng.integers(len(values) - 2 * n + 1)
    return values[start : start + 2 * n]


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("n", [3, 5])
@pytest.mark.parametrize("taken", [drawn, successive])
def test_two_recorded_measurements_of_one_cell_do_not_differ(taken: Taken, n: int, figure: str) -> None:
    """Of 300 pairs from the recorded series at least 276 intervals of the log ratio hold 0."""
    rng = np.random.default_rng([n, len(figure)])
    cells = list(recorded(figure).values())
    held = 0
    for trial in range(TRIALS):
        values = taken(rng, cells[trial % len(cells)], n)
        held += log_ratio_interval(values[0::2], values[1::2]).holds(0.0)
    assert held >= ENOUGH


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("n", [3, 5])
def test_a_recorded_location_is_inside_its_interval(n: int, figure: str) -> None:
    """Of 300 draws of n processes at least 276 intervals hold the median of the whole series."""
    rng = np.random.default_rng([n, len(figure)])
    cells = list(recorded(figure).values())
    held = 0
    for trial in range(TRIALS):
        values = cells[trial % len(cells)]
        some = drawn(rng, values, n)[:n]
        held += location_interval(some).holds(float(np.median(values)))
    assert held >= ENOUGH
