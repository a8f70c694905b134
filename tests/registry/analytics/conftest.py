"""A table of recorded models."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from tests.registry.analytics.records import empty_table, insert_five


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty table ``model_records``."""
    with empty_table() as connection:
        yield connection


@pytest.fixture
def five(con: duckdb.DuckDBPyConnection) -> None:
    """The table with five models."""
    insert_five(con)
