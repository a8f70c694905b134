from __future__ import annotations

import duckdb
import numpy as np
import pytest
from fitment.registry.analytics.selection import Selection, chosen
from fitment.registry.analytics.sizes import sizes

from tests.registry.analytics.records import insert


@pytest.mark.usefixtures("five")
def test_quantiles_and_ranges(con: duckdb.DuckDBPyConnection) -> None:
    """Quantiles as NumPy's default; a model is in one range, and one without a figure in none."""
    with chosen(con, Selection()):
        found = sizes(con)
    q = found.parameters
    parameters = (2e9, 7e9, 3e8, 2e11)
    assert (q.least, q.lower, q.median, q.upper, q.most) == pytest.approx(
        tuple(np.quantile(parameters, (0, 0.25, 0.5, 0.75, 1)))
    )
    assert (q.n, q.missing) == (4, 1)
    assert [(r.label, r.n) for r in found.ranges] == [
        ("<1B", 1),
        ("1B–10B", 2),
        ("10B–100B", 0),
        (">100B", 1),
    ]
    assert [(box.label, box.n) for box in found.by_task] == [("text-generation", 2), ("chat", 1)]


def test_powers_of_ten_begin_their_bin(con: duckdb.DuckDBPyConnection) -> None:
    """Exactly 1B is in the bin that begins there."""
    for i, parameters in enumerate((10**9, 999_999_999, 10**10, None)):
        insert(con, f"m{i}", parameters=parameters)
    with chosen(con, Selection()):
        bins = sizes(con).bins
    assert bins.edges == (3.16e8, 1e9, 3.16e9, 1e10, 3.16e10)
    assert bins.counts == (1, 1, 0, 1)
    assert bins.missing == 1


def test_no_figure_at_all(con: duckdb.DuckDBPyConnection) -> None:
    """Quantiles of nothing are not known."""
    insert(con, "a")
    with chosen(con, Selection()):
        found = sizes(con)
    assert found.parameters.median is None
    assert found.bins.counts == ()
