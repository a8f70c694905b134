from __future__ import annotations

import duckdb
import numpy as np
import pytest
from fitment.registry.analytics.concentration import concentration
from fitment.registry.analytics.selection import Selection, chosen

from tests.registry.analytics.records import insert


def naive_gini(amounts: list[float]) -> float:
    """Half the mean difference of all pairs, relative to the mean."""
    x = np.array(amounts, dtype=float)
    return float(np.abs(x[:, None] - x).mean() / (2 * x.mean()))


def test_against_the_pairwise_definition(con: duckdb.DuckDBPyConnection) -> None:
    """HHI and Gini as their definitions say it; ties change nothing."""
    downloads = [5, 5, 1, 40, 9, 0]
    for i, n in enumerate(downloads):
        insert(con, f"m{i}", organisation=f"o{i}", downloads=n)
    insert(con, "x", organisation="o0")
    insert(con, "y", downloads=7)
    with chosen(con, Selection()):
        found = concentration(con, "downloads")
        models = concentration(con, "models")
    total = sum(downloads)
    assert found.hhi == pytest.approx(sum((n / total) ** 2 for n in downloads))
    assert found.effective == pytest.approx(1 / found.hhi if found.hhi else 0)
    assert found.gini == pytest.approx(naive_gini([float(n) for n in downloads]))
    assert (found.n, found.models, found.left_out, found.total) == (6, 6, 2, total)
    assert found.top == ((1, pytest.approx(40 / total)), (3, pytest.approx(54 / total)))
    assert [holder.organisation for holder in found.holders][:3] == ["o3", "o4", "o0"]
    assert models.gini == pytest.approx(naive_gini([2, 1, 1, 1, 1, 1]))


def test_one_holder_and_none(con: duckdb.DuckDBPyConnection) -> None:
    """One holds all, and inequality among one is no figure; nothing to hold has none at all."""
    insert(con, "a", organisation="o")
    with chosen(con, Selection()):
        alone, none = (concentration(con, of_what) for of_what in ("models", "downloads"))
    assert (alone.hhi, alone.gini, alone.top) == (1.0, None, ())
    assert (none.n, none.hhi, none.effective, none.gini) == (0, None, None, None)
