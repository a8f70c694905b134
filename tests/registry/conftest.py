"""One scored store for all tests, copied for each."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.fit.suitability import calculate_scores
from fitment.registry.storage.store import Store

from tests.registry.fit.stores import copy, fill


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two machines, their results not yet scored. Not to be changed."""
    return fill(tmp_path_factory.mktemp("filled"))


@pytest.fixture(scope="session")
def scored(filled: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The same, scored. Not to be changed."""
    store = copy(filled, tmp_path_factory.mktemp("scored"))
    calculate_scores(store)
    return store


@pytest.fixture
def unscored_store(filled: Store, tmp_path: Path) -> Store:
    """An own copy of two machines' results, not yet scored."""
    return copy(filled, tmp_path)


@pytest.fixture
def scored_store(scored: Store, tmp_path: Path) -> Store:
    """An own copy of two machines' results, scored."""
    return copy(scored, tmp_path)
