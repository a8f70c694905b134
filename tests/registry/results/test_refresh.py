"""The stored estimates, made anew."""

from __future__ import annotations

import pytest
from fitment.registry.results.interval_columns import with_intervals
from fitment.registry.results.located import located
from fitment.registry.results.refresh import refresh

from tests.registry.results.random_results import by_candidate, random_results, result, tables_of


def test_what_is_stored_is_what_is_made_in_memory() -> None:
    """One row a candidate that counts, with every figure to seven digits, whatever was stored before."""
    with tables_of(random_results(9)) as connection:
        made = by_candidate(with_intervals(located(connection, None)))
        refresh(connection, 4)
        refresh(connection, 5)
        stored = by_candidate(connection.sql("FROM estimates").to_arrow_table())
    assert stored.keys() == made.keys()
    for candidate, row in stored.items():
        assert row.pop("as_of_seq") == 5
        for name, value in row.items():
            near = pytest.approx(value, rel=1e-6, abs=1e-18) if isinstance(value, float) else value
            assert made[candidate][name] == near, name


def test_nothing_to_store() -> None:
    """Without results that count there are no estimates."""
    with tables_of([result(1, provenance="simulated")]) as connection:
        refresh(connection, 1)
        assert connection.execute("SELECT count(*) FROM estimates").fetchall() == [(0,)]


def test_superseded_results_are_not_stored() -> None:
    """Of two protocols the newer one has an estimate."""
    with tables_of([result(1, protocol=1, throughput=1.0), result(2, throughput=2.0)]) as connection:
        refresh(connection, 1)
        assert connection.execute("SELECT throughput FROM estimates").fetchall() == [(2.0,)]
