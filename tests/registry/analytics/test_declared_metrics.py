from __future__ import annotations

import statistics

import duckdb
import pytest
from fitment.registry.analytics.declared_metrics import declared_metrics
from fitment.registry.analytics.selection import Selection, chosen

from tests.registry.analytics.records import insert


@pytest.mark.usefixtures("five")
def test_one_model_has_no_spread(con: duckdb.DuckDBPyConnection) -> None:
    """The sd is the sample's; NaN is left out and counted; of one figure there is none."""
    with chosen(con, Selection()):
        found = declared_metrics(con)
    mmlu, only = found.metrics
    assert (mmlu.name, mmlu.n, mmlu.least, mmlu.most) == ("mmlu", 2, 0.4, 0.6)
    assert mmlu.sd == pytest.approx(statistics.stdev((0.4, 0.6)))
    assert mmlu.mean == pytest.approx(0.5)
    assert (only.n, only.sd) == (1, None)
    assert (found.distinct, found.left_out) == (2, 1)


def test_figures_beyond_all_measure_are_left_out(con: duckdb.DuckDBPyConnection) -> None:
    """They neither overflow nor drown the others."""
    for name, value in (("a", 1e308), ("b", -1e308), ("c", float("inf")), ("d", 1.0)):
        insert(con, name, metrics={"x": value})
    with chosen(con, Selection()):
        found = declared_metrics(con)
    assert [(m.n, m.mean) for m in found.metrics] == [(1, 1.0)]
    assert found.left_out == 3
